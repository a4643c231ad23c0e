/** What the types say of rows; the compiler is the judge, the test only runs the calls. */
import { expect, test } from '@jest/globals';
import { planSession } from '../../testing/plan-session.ts';
import { type DataFrame, functions as F, type Row } from '../index.ts';

type Same<A, B> = [A, B] extends [B, A] ? true : false;
/** Does not compile where the rows of the frame are not `R`. */
const hasRows = <R, S>(frame: DataFrame<S>, _same: Same<R, S>): string => frame.toString();

interface Event {
  readonly url: string;
  readonly n: bigint;
}

const spark = planSession();
const events = spark.sql<Event>('SELECT * FROM events');
const n = F.col('n');

test('rows keep their type where no column changes', () => {
  hasRows<Event, Event>(events.filter(n.gt(1)).orderBy('n').limit(3).distinct().as('e'), true);
  hasRows<Event, Event>(events.union(spark.table('others')).sample(0.5, 1).repartition(2), true);
  hasRows<Event, Event>(
    events.transform((frame) => frame.offset(1)),
    true,
  );
  expect(hasRows<{ id: bigint }, { id: bigint }>(spark.range(3).tail(1), true)).toContain('DataFrame<');
});

test('names choose and drop fields', () => {
  hasRows<Pick<Event, 'url'>, Pick<Event, 'url'>>(events.select('url'), true);
  hasRows<Omit<Event, 'n'>, Omit<Event, 'n'>>(events.drop('n'), true);
  expect(hasRows<Row, Row>(events.drop(n), true)).toContain('DataFrame<');
});

test('new columns make rows of which nothing is known but what is said', () => {
  hasRows<Row, Row>(events.withColumn('m', n), true);
  hasRows<Row, Row>(events.groupBy('url').count(), true);
  hasRows<Row, Row>(events.join(events, 'url'), true);
  hasRows<Row, Row>(spark.read.json(events.select('url')), true);
  hasRows<Row, Row>(spark.tvf.call('f', events.asTable().partitionBy('n')), true);
  expect(hasRows<{ m: bigint }, { m: bigint }>(events.select<{ m: bigint }>(n.as('m')), true)).toContain('DataFrame<');
});

test('actions give the rows of the frame, or those that are asked for', async () => {
  const nobody = { code: 'server' };
  await expect(events.first().then((row) => row?.url.length)).rejects.toMatchObject(nobody);
  await expect(events.collect().then(([row]) => row?.n.toString())).rejects.toMatchObject(nobody);
  await expect(events.collect<{ url: string }>().then(([row]) => row?.url)).rejects.toMatchObject(nobody);
  await expect(events.collect({ rows: 'arrays' }).then(([row]) => row?.at(0))).rejects.toMatchObject(nobody);
  // @ts-expect-error there is no such field
  await expect(events.first().then((row) => row?.nope)).rejects.toMatchObject(nobody);
});

test('a frame of any rows is a frame', () => {
  const plain: DataFrame = spark.range(1);
  expect([plain, events satisfies DataFrame<Event>]).toHaveLength(2);
});
