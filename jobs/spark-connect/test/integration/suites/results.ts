import { expect, test } from '@jest/globals';
import { tableFromIPC } from '@uwdata/flechette';
import { functions as F } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function resultsSuite({ spark }: Live): void {
  const one = () => spark().sql("SELECT 5L AS n, timestamp'2019-11-29 01:02:03.456789' AS at, 'x' AS n2");

  test('rows come as arrays, with numbers and times in the form that is asked for', async () => {
    const forms = { bigints: 'numbers', timestamps: 'text' } as const;
    expect(await one().first(forms)).toEqual({ n: 5, at: '2019-11-29T01:02:03.456789Z', n2: 'x' });
    const rows = await one().collect({ ...forms, rows: 'arrays' });
    expect(rows).toEqual([[5, '2019-11-29T01:02:03.456789Z', 'x']]);
    expect(await spark().execute('SELECT 1L AS n', {}, { bigints: 'numbers' })).toEqual([{ n: 1 }]);
  });

  test('two columns of one name can be had as arrays only', async () => {
    const twice = spark().range(2).select('id', F.col('id').plus(1).as('id'));
    await expect(twice.collect()).rejects.toMatchObject({ code: 'usage' });
    expect(await twice.collect({ rows: 'arrays' })).toEqual([
      [0n, 1n],
      [1n, 2n],
    ]);
  });

  test('a result is one Arrow stream, of many batches or of none', async () => {
    const bytes = await spark().range(0, 200_000, 1, 3).toArrow();
    const table = tableFromIPC(bytes, { useBigInt: true });
    expect(table.numRows).toBe(200_000);
    expect(table.getChild('id').at(199_999)).toBe(199_999n);
    expect(tableFromIPC(await spark().range(0).toArrow()).names).toEqual(['id']);
  });

  test('columns come as typed arrays, batch by batch', async () => {
    let sum = 0;
    for await (const batch of spark()
      .range(0, 1_000, 1, 2)
      .select(F.col('id').cast('double').as('d'))
      .columnBatches()) {
      const values = batch.column('d');
      expect(values).toBeInstanceOf(Float64Array);
      for (const value of values as Float64Array) sum += value;
    }
    expect(sum).toBe(499_500);
  });

  test('a schema is data, and is taken where a schema is wanted', async () => {
    const schema = await one().schema();
    expect(schema.fields.map(({ name, type }) => [name, type.name])).toEqual([
      ['n', 'BIGINT'],
      ['at', 'TIMESTAMP'],
      ['n2', 'STRING'],
    ]);
    expect((await one().to(schema).schema()).toDDL()).toBe(schema.toDDL());
    expect(
      await spark()
        .createDataFrame([{ n: 1n, at: new Date(0), n2: 'y' }], schema)
        .count(),
    ).toBe(1n);
  });
}
