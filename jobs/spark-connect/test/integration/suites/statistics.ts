import { expect, test } from '@jest/globals';
import { functions as F, type Row } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function statisticsSuite({ spark }: Live): void {
  const pairs = () => spark().sql("SELECT * FROM VALUES (1, 2, 'a'), (2, 4, 'b'), (3, 6, 'a') AS t(n, m, kind)");

  const byKind = (rows: readonly Row[]) =>
    rows.toSorted((a, b) => String(a['kind_n']).localeCompare(String(b['kind_n'])));

  test('statistics of columns are computed', async () => {
    const { stat } = pairs();
    expect(await stat.corr('n', 'm')).toBeCloseTo(1, 10);
    expect(await stat.cov('n', 'm')).toBe(2);
    expect(await stat.approxQuantile(['n', 'm'], [0, 0.5, 1], 0)).toEqual([
      [1, 2, 3],
      [2, 4, 6],
    ]);
  });

  test('rows are counted and chosen by their values', async () => {
    const { stat } = pairs();
    expect(byKind(await stat.crosstab('kind', 'n').collect())).toEqual([
      { kind_n: 'a', '1': 1n, '2': 0n, '3': 1n },
      { kind_n: 'b', '1': 0n, '2': 1n, '3': 0n },
    ]);
    expect(await stat.freqItems(['kind'], 0.6).collect()).toEqual([{ kind_freqItems: ['a'] }]);
    expect(await stat.sampleBy('kind', new Map([['b', 1]]), 7).collect()).toEqual([{ n: 2, m: 4, kind: 'b' }]);
  });

  test('rows take a schema, and become JSON', async () => {
    const frame = pairs().limit(1).to('kind STRING, n BIGINT');
    expect((await frame.schema()).toDDL()).toBe('kind STRING NOT NULL, n BIGINT NOT NULL');
    expect(await frame.toJSON().collect()).toEqual([{ value: '{"kind":"a","n":1}' }]);
  });

  test('a checkpoint has the rows of its moment', async () => {
    const frame = await spark().range(3).withColumn('at', F.uuid()).localCheckpoint();
    expect(await frame.collect()).toEqual(await frame.collect());
    expect(await frame.filter(F.col('id').gt(0)).count()).toBe(2n);
  });

  test('rows are kept where it is said, and let go', async () => {
    const frame = await pairs().persist('DISK_ONLY');
    expect(await frame.count()).toBe(3n);
    expect(await frame.explain()).toContain('InMemoryRelation');
    await frame.unpersist();
    expect(await frame.explain()).not.toContain('InMemoryRelation');
  });

  test('each row is joined with what the other side makes of it', async () => {
    const frame = spark()
      .range(1, 3)
      .lateralJoin(spark().sql("SELECT explode(array('a', 'b')) AS s"), F.col('id').gt(1));
    expect(await frame.orderBy('s').collect()).toEqual([
      { id: 2n, s: 'a' },
      { id: 2n, s: 'b' },
    ]);
  });
}
