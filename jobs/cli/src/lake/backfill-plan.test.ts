import { expect, test } from '@jest/globals';
import { daysBetween, parseLogicalDate } from 'lake';
import type { Summary } from 'runtime';
import {
  backfillExitCode,
  dayOutcomes,
  failureLines,
  shouldContinue,
  outcomeRows,
  type BackfilledDay,
} from './backfill-plan.ts';

const loaded: Summary = {
  job: 'dataload',
  outcome: 'published',
  exitCode: 0,
  counts: { published: 5, quarantined: 1 },
};
const prepared: Summary = { job: 'prepare', outcome: 'unchanged', exitCode: 0 };
const failed = (exitCode: number): Summary => ({ job: 'dataload', outcome: 'failed', exitCode, message: 'no input' });
const day = (date: string, ...summaries: Summary[]): BackfilledDay => ({ date, summaries, elapsedMs: 1234 });

test('a failed day ends the backfill unless it is told to go on; being stopped always does', () => {
  const [good, bad] = [day('2019-11-28', loaded, prepared), day('2019-11-29', failed(3))];
  expect(shouldContinue(undefined, false, false)).toBe(true);
  expect(shouldContinue(good, false, false)).toBe(true);
  expect(shouldContinue(bad, false, false)).toBe(false);
  expect(shouldContinue(bad, true, false)).toBe(true);
  expect(shouldContinue(good, true, true)).toBe(false);
});

test('the exit code is that of the first failure, or of being stopped', () => {
  const days = [day('2019-11-28', loaded, prepared), day('2019-11-29', failed(3)), day('2019-11-30', failed(4))];
  expect(backfillExitCode(days, undefined)).toBe(3);
  expect(backfillExitCode(days, 143)).toBe(143);
  expect(backfillExitCode(days.slice(0, 1), undefined)).toBe(0);
});

test('every day of the range is told, reached or not', () => {
  const range = daysBetween(parseLogicalDate('2019-11-28'), parseLogicalDate('2019-11-30'));
  const outcomes = dayOutcomes(range, [day('2019-11-28', loaded, prepared), day('2019-11-29', failed(3))]);
  expect(outcomeRows(outcomes)).toStrictEqual([
    ['date', 'dataload', 'rows', 'quarantined', 'prepare', 'exit', 'time'],
    ['2019-11-28', 'published', 5, 1, 'unchanged', 0, '1.2 s'],
    ['2019-11-29', 'failed', '-', '-', 'not run', 3, '1.2 s'],
    ['2019-11-30', 'not run', '-', '-', 'not run', '-', '-'],
  ]);
  expect(failureLines(outcomes)).toStrictEqual(['2019-11-29: dataload failed, exit code 3: no input']);
});
