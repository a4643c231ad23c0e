import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { functions as F, planToJson, SparkSession } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function artifactsSuite({ remote, path }: Live): void {
  test('a session has the files that it was given; one of other content is refused', async () => {
    await using own = await SparkSession.connect({ remote: remote() });
    const file = path('prices.csv');
    writeFileSync(file, 'a,1\n');
    await own.addArtifact(file, { kind: 'file' });
    await own.addArtifacts([file, { name: 'more.txt', content: Buffer.from('x') }], { kind: 'file' });
    const listed = (await own.execute<{ Results: string }>('LIST FILES')).map(({ Results }) =>
      Results.split('/').at(-1),
    );
    expect(listed).toEqual(expect.arrayContaining(['more.txt', 'prices.csv']));
    const other = own.addArtifact({ name: 'prices.csv', content: Buffer.from('b') }, { kind: 'file' });
    await expect(other).rejects.toMatchObject({ code: 'server', errorClass: 'ARTIFACT_ALREADY_EXISTS' });
  });

  test('a file comes to where the server says, if it allows that', async () => {
    await using own = await SparkSession.connect({ remote: remote() });
    const copied = own.copyFromLocalToFs(import.meta.filename, path('copied.ts'));
    await expect(copied).rejects.toMatchObject({ code: 'server' });
    await own.conf.set({ 'spark.sql.artifact.copyFromLocalToFs.allowDestLocal': true });
    await own.copyFromLocalToFs(import.meta.filename, path('copied.ts'));
    expect(await own.read.text(path('copied.ts')).filter("value LIKE 'export function%'").count()).toBe(1n);
  });

  test('rows that are large go to the server once, and come out as they went in', async () => {
    await using own = await SparkSession.connect({ remote: remote() });
    const rows = Array.from({ length: 20_000 }, (_, n) => ({ n, text: `${'x'.repeat(60)} ${n}` }));
    const frame = own.createDataFrame<{ n: number; text: string }>(rows, 'n INT, text STRING');
    expect(await frame.agg({ rows: F.count(), n: F.sum(F.col('n')) }).first()).toEqual({
      rows: 20_000n,
      n: 199_990_000n,
    });
    expect(JSON.stringify(planToJson(frame.toPlan()))).toContain('chunkedCachedLocalRelation');
    expect(await frame.filter('n = 7777').collect()).toEqual([rows[7_777]]);
    await using alike = await own.cloneSession();
    expect(await alike.createDataFrame(rows, 'n INT, text STRING').count()).toBe(20_000n);
  });
}
