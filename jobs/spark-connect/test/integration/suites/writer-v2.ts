import { expect, test } from '@jest/globals';
import { functions as F, Observation } from '../../../src/index.ts';
import type { Live } from './live.ts';

/** Spark's own catalog keeps V1 tables: it creates them by this way, and refuses what only V2 tables can do. */
export function writerV2Suite({ spark }: Live): void {
  test('a table is created, once, with its partitions and properties', async () => {
    const written = new Observation('written');
    const frame = spark()
      .createDataFrame([{ n: 1, day: '2019-11-29' }], 'n INT, day DATE')
      .observe(written, { rows: F.count() });
    const writer = frame.writeTo('v2_created').using('parquet').tableProperty('made.by', 'test').partitionedBy('day');
    try {
      await writer.create();
      expect(written.values).toEqual({ rows: 1n });
      expect(await spark().table('v2_created').collect()).toEqual([{ n: 1, day: '2019-11-29' }]);
      expect(await spark().execute("SHOW TBLPROPERTIES v2_created ('made.by')")).toEqual([
        { key: 'made.by', value: 'test' },
      ]);
      expect(await spark().execute('SHOW PARTITIONS v2_created')).toEqual([{ partition: 'day=2019-11-29' }]);
      await expect(writer.create()).rejects.toMatchObject({
        code: 'server',
        errorClass: 'TABLE_OR_VIEW_ALREADY_EXISTS',
      });
    } finally {
      await spark().execute('DROP TABLE IF EXISTS v2_created');
    }
  });

  test('what needs a V2 table says so, and a table that is not there as well', async () => {
    const frame = spark().createDataFrame([{ n: 1 }], 'n INT');
    await frame.writeTo('v2_plain').using('parquet').create();
    try {
      const refusals = [
        frame.writeTo('v2_plain').append(),
        frame.writeTo('v2_plain').overwrite(F.col('n').eq(1)),
        frame.writeTo('v2_plain').overwritePartitions(),
        frame.writeTo('v2_plain').using('parquet').replace(),
        frame.writeTo('v2_plain').using('parquet').createOrReplace(),
        frame.writeTo('v2_missing').append(),
      ].map((work) => work.catch((error: unknown) => error));
      const errors = await Promise.all(refusals);
      const v1Table = { code: 'server', message: expect.stringMatching(/v1 table/i) };
      const noReplacing = { code: 'server', errorClass: 'UNSUPPORTED_FEATURE.TABLE_OPERATION' };
      expect(errors).toMatchObject([
        v1Table,
        v1Table,
        v1Table,
        noReplacing,
        noReplacing,
        { code: 'server', errorClass: 'TABLE_OR_VIEW_NOT_FOUND' },
      ]);
    } finally {
      await spark().execute('DROP TABLE IF EXISTS v2_plain');
    }
  });
}
