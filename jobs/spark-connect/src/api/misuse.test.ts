import { expect, test } from '@jest/globals';
import { planSession } from '../../testing/plan-session.ts';
import { functions as F, Observation, SparkSession, Window } from '../index.ts';

const spark = planSession();
const frame = spark.range(10);
const n = F.col('n');

test.each<readonly [message: string, misuse: () => unknown]>([
  ['The rows of limit must be a whole number from 0 to 2147483647, not 1.5', () => frame.limit(1.5)],
  ['The rows of limit must be', () => frame.limit(-1)],
  ['The rows of limit must be', () => frame.limit(2 ** 31)],
  ['The rows of offset must be', () => frame.offset(Number.NaN)],
  // @ts-expect-error a text is no number
  ['The rows of tail must be a whole number from 0 to 2147483647, not the text "2"', () => frame.tail('2')],
  ['The number of partitions must be', () => frame.repartition(0)],
  ['The number of partitions must be', () => frame.repartition(1.5, 'id')],
  ['The number of partitions must be', () => frame.coalesce(0)],
  ['The fraction of a sample must be', () => frame.sample(1.5, 1n)],
  ['The seed of a sample must be', () => frame.sample(0.5, 2n ** 64n)],
  ['The end of a range must be', () => spark.range(0.5)],
  ['The end of a range must be', () => spark.range(0, 2n ** 63n)],
  ['The step of a range cannot be 0', () => spark.range(0, 1, 0)],
  ['The partitions of a range must be', () => spark.range(0, 1, 1, 0)],
  ['The rows of a window must be', () => F.count().over(Window.orderBy('n').rowsBetween(-1.5, 0))],
  ['A window cannot reach NaN far', () => F.count().over(Window.orderBy('n').rangeBetween(Number.NaN, 0))],
  // @ts-expect-error a text is no aggregate
  ['The aggregate "id" is the text "max", not a column', () => frame.agg({ id: 'max' })],
  // @ts-expect-error a text is no aggregate
  ['max is no aggregate', () => frame.groupBy('id').agg('max')],
  ['agg needs at least one aggregate', () => frame.groupBy('id').agg()],
  // @ts-expect-error a literal is no aggregate
  ['The aggregate "rows" is a number', () => frame.observe(new Observation('o'), { rows: 1 })],
  // @ts-expect-error a text is no column
  ['upper is about a column, not a text: F.col("c") is the column, F.lit("c") the text', () => F.upper('c')],
  // @ts-expect-error a text is no column
  ['count is about a column', () => F.count('c')],
  // @ts-expect-error a text is no column
  ['count is about a column', () => F.countDistinct(n, 'c')],
  // @ts-expect-error a text is no column
  ['split is about a column', () => F.split('tags', ',')],
  // @ts-expect-error a text is no column
  ['lag is about a column', () => F.lag('n', 1)],
  // @ts-expect-error a text is no column
  ['transform is about a column', () => F.transform('tags', (tag) => tag)],
  // @ts-expect-error a text is no column
  ['acos is about a column', () => F.acos('a')],
  // @ts-expect-error a text is no column
  ['to_csv is about a column', () => F.toCsv('a')],
  // @ts-expect-error a text is no column
  ['months_between is about a column', () => F.monthsBetween('a', 'b')],
  // @ts-expect-error a text is no column
  ['window is about a column', () => F.window('at', '1 hour')],
  ['window takes 2 to 4 arguments, not 1', () => F.window(n)],
  ['mask takes 1 to 5 arguments, not 6', () => F.mask(n, '1', '2', '3', '4', '5')],
  ['width_bucket takes 4 arguments, not 2', () => F.widthBucket(n, 1)],
  ['A column or its name was expected', () => F.desc(7 as never)],
  ['date_trunc is about a column', () => F.dateTrunc('hour', 'at')],
  ['locate is about a column', () => F.locate('a', 'text' as never)],
  ['coalesce is about a column', () => F.coalesce('a', 'b')],
  ['concat_ws is about a column', () => F.concatWs('-', 'a', 'b')],
  ['struct is about a column', () => F.struct('a', 'b')],
  ['"right" is no type of lateral join: inner, left, cross', () => frame.lateralJoin(frame, n, 'right' as never)],
  ['A column or its name was expected', () => frame.mergeInto('t', 7 as never)],
  ['The fraction of a sample must be', () => frame.stat.sampleBy('n', new Map([[1, 2]]), 1)],
  ['The support of frequent items must be', () => frame.stat.freqItems(['n'], 2)],
  ['"lists" is no form of rows: objects, arrays', () => frame.batches({ rows: 'lists' as never })],
  ['"int" is no form of bigints: bigints, numbers', () => frame.columnBatches({ bigints: 'int' as never })],
  ['"a,b" is no tag', () => frame.batches({ tags: ['a,b'] })],
  ['Only a DataFrame can be combined', () => frame.union([] as never)],
  ['Frames of two sessions', () => frame.union(planSession().range(1))],
  ['"outer" is no type of join: inner, left', () => frame.join(frame, 'id', 'outer' as never)],
  ['orderBy follows partitionBy or withSinglePartition', () => frame.asTable().orderBy('id')],
  ['partitionBy needs at least one column', () => frame.asTable().partitionBy()],
  ['partitionBy cannot follow', () => frame.asTable().withSinglePartition().partitionBy('id')],
  ['withSinglePartition cannot follow', () => frame.asTable().partitionBy('id').withSinglePartition()],
  ['A column or its name was expected', () => frame.asTable().partitionBy(7 as never)],
  // @ts-expect-error a table is no column
  ['A value of type object cannot be a literal', () => F.upper(frame.asTable())],
  ['metadataColumn needs the name of a column, not 7', () => frame.metadataColumn(7 as never)],
  ['Only a DataFrame can be combined', () => spark.read.json(7 as never)],
  ['Reading csv needs at least one path', () => spark.read.csv([])],
  ['Frames of two sessions', () => spark.read.xml(planSession().range(1))],
  ['The schema "n BIG" cannot be used', () => spark.read.schema('n BIG').json(frame)],
  ['A column or its name was expected', () => frame.join(frame, 7 as never)],
  ['A column or its name was expected', () => frame.select(undefined as never)],
  ['A column or its name was expected', () => frame.filter(true as never)],
  ['A column or its name was expected', () => frame.drop(7 as never)],
])('%s', (message, misuse) => {
  expect(misuse).toThrow(expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }));
});

test('a text is a literal where a function is about something else, or says a text', () => {
  expect([F.coalesce(n, 'b'), F.array('a', 'b'), F.concatWs('-', n), F.raiseError('no'), F.split(n, ',')]).toHaveLength(
    5,
  );
});

test('an action that asks for what cannot be says so as its answer', async () => {
  const usage = (message: string) => ({ code: 'usage', message: expect.stringContaining(message) as unknown });
  await expect(frame.persist('MEMORY' as never)).rejects.toMatchObject(
    usage('"MEMORY" is no storage level: DISK_ONLY'),
  );
  await expect(frame.stat.approxQuantile(['id'], [2], 0)).rejects.toMatchObject(usage('A probability must be'));
  await expect(frame.mergeInto('t', n).merge()).rejects.toMatchObject(usage('mergeInto needs at least one'));
});

test('connect takes an address alone, and says so where there is none', async () => {
  for (const options of ['http://x', { remote: 7 as unknown as string }, { remote: '' }, undefined])
    await expect(SparkSession.connect(options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('The remote address cannot be used'),
    });
});
