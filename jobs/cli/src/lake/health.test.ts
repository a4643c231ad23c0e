import { expect, test } from '@jest/globals';
import { dayWith } from '../../testing/day-status.ts';
import { type Found, lacksOf, newestExpected } from './health.ts';
import { missingDays } from 'watch';

const NOW = new Date('2020-03-01T12:00:00Z');
const MISSING = { table: 'missing', landed: null, report: 'missing', runId: null, publishedAt: null } as const;
const REJECTED = {
  job: 'dataload',
  runId: 'run-3',
  findings: [{ severity: 'error', code: 'min_rows', message: 'the day has no rows' }],
} as const;

function lacks(days: Found['days'], differs: Partial<Found> = {}): string[] {
  const missing = missingDays(days, NOW, { whereFlags: ' --env dev', scheduler: undefined, hasKafka: false });
  return lacksOf({ days, missing, kafkaProblem: null, leftovers: undefined, ...differs });
}

test.each([
  ['00:00', '2019-11-27'],
  ['05:59', '2019-11-27'],
  ['06:00', '2019-11-28'],
  ['23:59', '2019-11-28'],
])('at %s of the 29th the newest day that is expected by six is %s', (time, day) => {
  expect(newestExpected(new Date(`2019-11-29T${time}:00Z`), 360).iso).toBe(day);
});

test('a lake whose days are published, with current reports, lacks nothing', () => {
  expect(
    lacks([dayWith(), dayWith({ date: '2020-01-06', rejected: [{ ...REJECTED, at: '2020-01-07T00:00:00Z' }] })]),
  ).toEqual([]);
});

test('days that are missing are one line with their command', () => {
  expect(
    lacks([dayWith(), dayWith({ date: '2020-01-06', ...MISSING }), dayWith({ date: '2020-01-07', ...MISSING })]),
  ).toEqual([
    '2020-01-06 to 2020-01-07: nothing landed (nothing landed as files: land them first, or name another --source, or --allow-empty): npm run lake -- backfill --from 2020-01-06 --to 2020-01-07 --env dev',
  ]);
});

test('a day that has not ended is not missed', () => {
  expect(lacks([dayWith(), dayWith({ date: '2020-03-01', ...MISSING })])).toEqual([]);
});

test.each([
  ['a landing that no run would read', { landingProblem: '/lake/x is a socket' }, '/lake/x is a socket'],
  [
    'a table that somebody else wrote',
    { table: 'no manifest' },
    'no manifest knows the content of the table: it was put there by something else',
  ],
  ['a report that somebody else wrote', { report: 'no manifest' }, 'no manifest knows the content of the report'],
  [
    'a run that was rejected after the day was published',
    { rejected: [{ ...REJECTED, at: '2020-02-29T01:00:00.000Z' }] },
    'dataload run run-3 was rejected at 2020-02-29T01:00:00.000Z: error min_rows: the day has no rows',
  ],
] as const)('%s is a line', (_, differs, text) => {
  expect(lacks([dayWith(differs)])).toEqual([`2020-01-05: ${text}`]);
});

test('a day that was rejected and never published is one line', () => {
  const day = dayWith({ ...MISSING, table: 'rejected', rejected: [{ ...REJECTED, at: '2020-01-06T00:00:00Z' }] });
  expect(lacks([day])).toEqual([expect.stringMatching(/^2020-01-05: rejected \(.*\): npm run lake -- backfill/)]);
});

test('a Kafka that does not answer, and what runs left behind, are lacks too', () => {
  expect(lacks([dayWith()], { kafkaProblem: 'no answer', leftovers: 'left over by runs (2 objects, 3 B)' })).toEqual([
    'whether Kafka has more than what landed is not known: no answer',
    'left over by runs (2 objects, 3 B)',
  ]);
});

test('a lake in which nothing lies is not healthy', () => {
  expect(lacks([])).toEqual(['no day lies in the lake']);
});
