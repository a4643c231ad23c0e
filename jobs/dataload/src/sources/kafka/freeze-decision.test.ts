import { describe, expect, test } from '@jest/globals';
import { asRead, type DayTimes, freeze, offsetsJson, type PartitionFacts } from './freeze-decision.ts';

const HOUR_MS = 60 * 60 * 1000;
const FROM_MS = Date.UTC(2019, 10, 29);
const UNTIL_MS = FROM_MS + 24 * HOUR_MS;
const DAY: DayTimes = {
  fromMs: FROM_MS,
  untilMs: UNTIL_MS,
  nowMs: UNTIL_MS + 30 * 60 * 1000,
  overlapMs: HOUR_MS,
  graceMs: 2 * HOUR_MS,
  keptMs: null,
};
const LATE: DayTimes = { ...DAY, nowMs: UNTIL_MS + 3 * HOUR_MS };

/** A partition that has records of the day from 10 to 20, and later ones from 25 to 30. */
const FACTS: PartitionFacts = {
  partition: 0,
  logStart: 0,
  stable: 30,
  highWatermark: 30,
  first: { offset: 0, ms: FROM_MS - 5 * HOUR_MS },
  firstOfDay: 10,
  afterDay: 25,
  noneFrom: null,
};
const rangeOf = (change: Partial<PartitionFacts>) => {
  const { start, end } = freeze([{ ...FACTS, ...change }], DAY).partitions[0]!;
  return [start, end];
};
const whyOpen = (change: Partial<PartitionFacts>, day: DayTimes = DAY) =>
  freeze([{ ...FACTS, ...change }], day).open.map(({ why }) => why);

describe('the range of a partition', () => {
  test('begins with the first offset of the day and ends where everything is decided', () => {
    expect(rangeOf({})).toStrictEqual([10, 30]);
    expect(rangeOf({ afterDay: null })).toStrictEqual([10, 30]);
  });

  test('ends sooner where the topic took no record of the day any more', () => {
    expect(rangeOf({ noneFrom: 28 })).toStrictEqual([10, 28]);
  });

  test('never reaches into what may still be aborted', () => {
    expect(rangeOf({ stable: 18 })).toStrictEqual([10, 18]);
    expect(rangeOf({ stable: 18, noneFrom: 28 })).toStrictEqual([10, 18]);
    expect(rangeOf({ stable: 4 })).toStrictEqual([4, 4]);
  });

  test('of a quiet partition is empty, at its end', () => {
    expect(rangeOf({ firstOfDay: null, afterDay: null })).toStrictEqual([30, 30]);
    const empty = { stable: 0, highWatermark: 0, first: null, firstOfDay: null, afterDay: null };
    expect(rangeOf(empty)).toStrictEqual([0, 0]);
  });

  test('is empty where only later days have records, and the topic takes none of the day any more', () => {
    expect(rangeOf({ firstOfDay: 28, noneFrom: 28 })).toStrictEqual([28, 28]);
  });

  test('begins where the log begins, when records vanished while they were looked at', () => {
    expect(rangeOf({ logStart: 14 })).toStrictEqual([14, 30]);
  });

  test('ends before its start for no order of the offsets', () => {
    const offsets = [null, 0, 7, 30];
    for (const firstOfDay of offsets) {
      for (const noneFrom of offsets) {
        for (const stable of [0, 7, 30]) {
          for (const logStart of [0, 7, 30]) {
            const [start = 0, end = 0] = rangeOf({ firstOfDay, noneFrom, stable, logStart });
            expect(start).toBeLessThanOrEqual(end);
            expect(end).toBeLessThanOrEqual(stable);
          }
        }
      }
    }
  });
});

describe('a day is closed', () => {
  test('when every partition has a later record', () => {
    expect(freeze([FACTS, { ...FACTS, partition: 1 }], DAY).open).toStrictEqual([]);
  });

  test('not while one partition has none, and the grace is not over', () => {
    const quiet = { ...FACTS, partition: 1, afterDay: null };
    expect(freeze([FACTS, quiet], DAY).open).toStrictEqual([
      { partition: 1, why: 'no later record', stable: 30, highWatermark: 30 },
    ]);
    expect(freeze([FACTS, quiet], LATE).open).toStrictEqual([]);
  });

  test('not at the very end of the grace, but right after it', () => {
    const quiet = { afterDay: null };
    expect(whyOpen(quiet, { ...DAY, nowMs: UNTIL_MS + DAY.graceMs })).toStrictEqual(['no later record']);
    expect(whyOpen(quiet, { ...DAY, nowMs: UNTIL_MS + DAY.graceMs + 1 })).toStrictEqual([]);
  });

  test('not while a transaction is open that began before the later record, however late it is', () => {
    expect(whyOpen({ stable: 18 })).toStrictEqual(['open transaction']);
    expect(whyOpen({ stable: 18 }, LATE)).toStrictEqual(['open transaction']);
    expect(whyOpen({ stable: 29, afterDay: null }, LATE)).toStrictEqual(['open transaction']);
  });

  test('although a transaction is open that began after the day', () => {
    expect(whyOpen({ stable: 25 })).toStrictEqual([]);
    expect(whyOpen({ stable: 27 })).toStrictEqual([]);
  });
});

describe('a day may have lost records', () => {
  const lost = (change: Partial<PartitionFacts>, day: DayTimes = DAY) => freeze([{ ...FACTS, ...change }], day).lost;

  test('not while the log begins with its first record', () => {
    expect(lost({ first: { offset: 0, ms: UNTIL_MS } })).toStrictEqual([]);
  });

  test('not while a record is left that is older than the day by more than clocks are off', () => {
    expect(lost({ logStart: 5, first: { offset: 5, ms: FROM_MS - HOUR_MS - 1 } })).toStrictEqual([]);
    expect(lost({ logStart: 5, first: { offset: 5, ms: FROM_MS - HOUR_MS } })).toHaveLength(1);
  });

  test('where the log begins within the day or later', () => {
    const first = { offset: 12, ms: FROM_MS + HOUR_MS };
    expect(lost({ logStart: 12, first })).toStrictEqual([{ partition: 0, before: 12, firstMs: first.ms }]);
  });

  test('where nothing is left', () => {
    expect(lost({ logStart: 30, first: null })).toStrictEqual([{ partition: 0, before: 30, firstMs: null }]);
  });

  test('not where the topic keeps records for longer than the young day is old', () => {
    const quiet = { logStart: 30, first: null };
    const week = 7 * 24 * HOUR_MS;
    expect(lost(quiet, { ...DAY, keptMs: week })).toStrictEqual([]);
    expect(lost(quiet, { ...DAY, keptMs: 24 * HOUR_MS })).toHaveLength(1);
    // Retention may have been raised since.
    expect(lost(quiet, { ...DAY, keptMs: week, nowMs: UNTIL_MS + 48 * HOUR_MS })).toHaveLength(1);
  });
});

test('Spark gets the offsets of every partition', () => {
  const partitions = [
    { partition: 0, start: 1, end: 2 },
    { partition: 1, start: 7, end: 7 },
  ];
  const frozen = { topic: 'changes', partitions, fromMs: FROM_MS, untilMs: UNTIL_MS };
  expect(offsetsJson(frozen, 'start')).toBe('{"changes":{"0":1,"1":7}}');
  expect(offsetsJson(frozen, 'end')).toBe('{"changes":{"0":2,"1":7}}');
});

describe('a topic begins', () => {
  const EMPTY = { stable: 0, highWatermark: 0, first: null, firstOfDay: null, afterDay: null };
  const begins = (...changes: readonly Partial<PartitionFacts>[]): boolean =>
    freeze(
      changes.map((change) => ({ ...FACTS, ...change })),
      DAY,
    ).isBeforeFirst;

  test('with the day or later where every partition with records does', () => {
    expect(begins({ firstOfDay: 0 }, { firstOfDay: 0 })).toBe(true);
    expect(begins({ firstOfDay: 0 }, EMPTY)).toBe(true);
  });

  test('before the day where any partition has an earlier record, or may have had one', () => {
    expect(begins({ firstOfDay: 0 }, { firstOfDay: 10 })).toBe(false);
    expect(begins({ firstOfDay: 0 }, { firstOfDay: null })).toBe(false);
    expect(begins({ firstOfDay: 5, logStart: 5 })).toBe(false);
  });

  test('before it where reading finds an earlier record behind later ones', () => {
    const frozen = { topic: 't', partitions: [], fromMs: FROM_MS, untilMs: UNTIL_MS, isBeforeFirst: true } as const;
    const { isBeforeFirst: _, ...others } = frozen;
    expect(asRead(frozen, { earlier: 0 })).toStrictEqual(frozen);
    expect(asRead(frozen, { earlier: 1 })).toStrictEqual(others);
    expect(asRead(others, { earlier: 0 })).toStrictEqual(others);
  });

  test('nowhere while it has no record at all', () => {
    expect(begins(EMPTY, EMPTY)).toBe(false);
  });
});
