import { describe, expect, test } from '@jest/globals';
import type { AuditLimits } from './audit.ts';
import { type ExpectedRows, rowFindings } from './row-limits.ts';

const LIMITS: AuditLimits = { maxQuarantinedShare: 0.2, minRows: null, maxShrinkage: null };
const FROM_TOPIC: ExpectedRows = { before: undefined, usual: undefined, emptiness: 'suspect', acceptsEmpty: false };
const FROM_FILES: ExpectedRows = { ...FROM_TOPIC, emptiness: 'stated' };
const WEEK = { median: 100, days: 7 };

const codes = (rows: number, expected: ExpectedRows, limits: Partial<AuditLimits> = {}): string[] =>
  rowFindings(rows, expected, { ...LIMITS, ...limits }).map(({ severity, code }) => `${severity} ${code}`);

describe('a day without rows', () => {
  const first = { ...FROM_TOPIC, emptiness: 'before-first-event' } as const;
  test.each<[string, ExpectedRows, Partial<AuditLimits>, string[]]>([
    ['of a topic is an error', FROM_TOPIC, {}, ['error min_rows']],
    ['also in place of a full one, which is told once', { ...FROM_TOPIC, before: 6 }, {}, ['error min_rows']],
    ['also in place of an empty one that nobody accepted', { ...FROM_TOPIC, before: 0 }, {}, ['error min_rows']],
    ['is taken where somebody says so', { ...FROM_TOPIC, acceptsEmpty: true }, {}, ['warn min_rows']],
    [
      'also where it is all of a shrinkage',
      { ...FROM_FILES, before: 6, acceptsEmpty: true },
      { maxShrinkage: 0.5 },
      ['warn min_rows'],
    ],
    ['and where more rows are asked for', { ...FROM_FILES, acceptsEmpty: true }, { minRows: 9 }, ['warn min_rows']],
    ['is fine where files say so', FROM_FILES, {}, []],
    ['but not where the limit asks for more', FROM_FILES, { minRows: 1 }, ['error min_rows']],
    ['is fine where the limit is 0', FROM_TOPIC, { minRows: 0 }, []],
    ['shrinks nothing where it is allowed and files say so', { ...FROM_FILES, acceptsEmpty: true }, {}, []],
    ['before the first event of the topic is told', first, {}, ['warn before_first_event']],
    ['and is told though more rows are asked for', first, { minRows: 9 }, ['warn before_first_event']],
    ['but not where the day had rows', { ...first, before: 6 }, {}, ['error min_rows']],
    ['nor where the days before have some', { ...first, usual: { median: 4, days: 1 } }, {}, ['error min_rows']],
    [
      'shrinks by all where the limit is 0',
      { ...FROM_TOPIC, usual: WEEK },
      { minRows: 0, maxShrinkage: 0.9 },
      ['error shrinkage'],
    ],
  ])('%s', (_, expected, limits, owed) => {
    expect(codes(0, expected, limits)).toStrictEqual(owed);
  });

  test('says what to look at, and how to take it', () => {
    expect(rowFindings(0, FROM_TOPIC, LIMITS)[0]?.message).toBe(
      'the day has no rows, at least 1 must be there (lake.audit.min_rows); see whether the producer runs and the topic is the right one; --allow-empty takes a day that had no events',
    );
  });
});

describe('a day with rows', () => {
  test.each<[string, number, ExpectedRows, Partial<AuditLimits>, string[]]>([
    ['has fewer than the limit', 8, FROM_FILES, { minRows: 9 }, ['error min_rows']],
    ['which --allow-empty does not take', 8, { ...FROM_TOPIC, acceptsEmpty: true }, { minRows: 9 }, ['error min_rows']],
    ['has as many as the limit', 9, FROM_TOPIC, { minRows: 9 }, []],
    ['is the first of all', 6, FROM_TOPIC, { maxShrinkage: 0 }, []],
    ['comes in place of an empty one', 6, { ...FROM_TOPIC, before: 0, usual: WEEK }, { maxShrinkage: 0 }, []],
    ['grows', 6, { ...FROM_TOPIC, before: 3 }, { maxShrinkage: 0 }, []],
    ['shrinks by half, which is no warning yet', 6, { ...FROM_TOPIC, before: 12 }, {}, []],
    ['shrinks by more', 6, { ...FROM_TOPIC, before: 13 }, {}, ['warn shrinkage']],
    ['shrinks by more than is allowed', 6, { ...FROM_TOPIC, before: 8 }, { maxShrinkage: 0.2 }, ['error shrinkage']],
    ['shrinks by just what is allowed', 6, { ...FROM_TOPIC, before: 8 }, { maxShrinkage: 0.25 }, []],
    ['is much smaller than the days before', 49, { ...FROM_TOPIC, usual: WEEK }, {}, ['warn shrinkage']],
    [
      'is smaller than them by more than is allowed',
      49,
      { ...FROM_TOPIC, usual: WEEK },
      { maxShrinkage: 0.5 },
      ['error shrinkage'],
    ],
    ['is smaller than them by what is allowed', 50, { ...FROM_TOPIC, usual: WEEK }, { maxShrinkage: 0.5 }, []],
    [
      'is measured by itself where it is published',
      49,
      { ...FROM_TOPIC, before: 50, usual: WEEK },
      { maxShrinkage: 0.5 },
      [],
    ],
    [
      'has too few days before it to be measured',
      1,
      { ...FROM_TOPIC, usual: { median: 100, days: 2 } },
      { maxShrinkage: 0.5 },
      [],
    ],
  ])('%s', (_, rows, expected, limits, owed) => {
    expect(codes(rows, expected, limits)).toStrictEqual(owed);
  });

  test('says what it is measured by, and the key to change', () => {
    const message = (expected: ExpectedRows) => rowFindings(6, expected, { ...LIMITS, maxShrinkage: 0.2 })[0]?.message;
    const key = 'allowed are 20 % (lake.audit.max_shrinkage)';
    expect(message({ ...FROM_TOPIC, before: 8 })).toBe(`the day shrinks from 8 to 6 rows (by 25 %), ${key}`);
    expect(message({ ...FROM_TOPIC, usual: WEEK })).toBe(
      `the day is smaller than the median of the last 7 published days, 100: it has 6 rows (by 94 %), ${key}`,
    );
  });
});
