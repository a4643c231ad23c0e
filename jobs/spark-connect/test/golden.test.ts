import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { type DataFrame, functions as F, Observation, type Plan, planToJson, Window } from '../src/index.ts';
import { golden } from '../testing/golden.ts';
import { planSession } from '../testing/plan-session.ts';

const spark = planSession();
const events = spark.read.schema('url STRING, at TIMESTAMP, tags ARRAY<STRING>').json('/landing', { mode: 'FAILFAST' });

const frames: Record<string, () => DataFrame> = {
  'read-select-filter': () =>
    events
      .filter(
        F.col('url')
          .isNotNull()
          .and(F.col('at').ge(new Date(0))),
      )
      .select('url', F.col('at').cast('date').as('day')),
  'with-columns': () =>
    events
      .withColumns({ n: F.size(F.col('tags')), one: 1, text: 'x', big: 5_000_000_000, exact: 7n, nothing: null })
      .withColumnsRenamed({ n: 'tag_count' })
      .drop('at', F.col('one')),
  'group-and-sort': () =>
    events
      .groupBy('url')
      .agg({ rows: F.count(), last: F.max(F.col('at')), kinds: F.countDistinct(F.col('tags')) })
      .orderBy(F.col('rows').desc(), 'url')
      .limit(10)
      .offset(2),
  window: () =>
    events.select(
      F.rowNumber()
        .over(Window.partitionBy('url').orderBy(F.col('at').desc()))
        .as('rank'),
      F.sum(1).over(Window.orderBy('at').rowsBetween(-2, Window.currentRow)).as('running'),
      F.count().over(Window.orderBy('at').rangeBetween(Window.unboundedPreceding, 10)).as('seen'),
    ),
  lambdas: () =>
    events.select(
      F.transform(F.col('tags'), (tag, index) => F.concatWs('-', tag, index)).as('numbered'),
      F.filter(F.col('tags'), (tag) => F.exists(F.col('tags'), (other) => other.ne(tag))).as('nested'),
      F.aggregate(F.col('tags'), F.lit(0n), (total, tag) => total.plus(F.length(tag))).as('folded'),
    ),
  when: () =>
    events.select(
      F.when(F.col('url').like('a%'), 1).when(F.col('url').rlike('^b'), 2).otherwise(3).as('kind'),
      F.when(F.col('url').isin('a', 'b'), F.col('at')).as('maybe'),
    ),
  'structs-and-variants': () =>
    events.select(
      F.struct({ url: F.col('url'), n: 1 }).as('named'),
      F.struct(F.col('url'), F.col('at')).as('plain'),
      F.col('named').getField('url').as('field'),
      F.tryVariantGet(F.tryParseJson(F.col('url')), '$.a', 'string').as('member'),
      F.col('*'),
    ),
  joins: () =>
    events
      .as('a')
      .join(spark.table('tags').as('b'), F.col('a.url').eq(F.col('b.url')), 'left')
      .join(spark.range(0, 5, 1, 2).toDF('n'), ['n'], 'leftSemi')
      .unionByName(events, { allowMissingColumns: true })
      .distinct(),
  partitions: () =>
    events
      .repartition(3, 'url')
      .sortWithinPartitions('at')
      .repartition(2)
      .coalesce(1)
      .sample(0.5, 42n)
      .hint('broadcast')
      .dropDuplicates('url'),
  observe: () => events.observe(new Observation('read'), { rows: F.count(F.lit(1)) }).filter(F.col('url').isNotNull()),
  sql: () => spark.sql('SELECT :low AS low, id FROM range(?)', { low: F.lit(1).plus(1) }),
  'self-union': () => events.union(events),
};

const plans: Record<string, () => Plan> = {
  'write-parquet': () =>
    events.write
      .format('parquet')
      .mode('overwrite')
      .options({ compression: 'zstd', maxRecordsPerFile: 0 })
      .partitionBy('url')
      .toPlan('/lake/events'),
  'write-nowhere': () => events.write.format('noop').mode('append').toPlan(),
  ...Object.fromEntries(Object.entries(frames).map(([name, frame]) => [name, () => frame().toPlan()])),
};

describe('the plan of', () => {
  test.each(Object.entries(plans))('%s is as reviewed', (name, plan) => {
    const json = planToJson(plan());
    expect(json).toEqual(golden(join(import.meta.dirname, 'golden', `${name}.json`), json));
  });

  test('the same code is the same plan', () => {
    for (const plan of Object.values(plans)) expect(planToJson(plan())).toEqual(planToJson(plan()));
  });
});
