import { describe, expect, test } from '@jest/globals';
import { totals } from './progress.ts';
import { progressText, shortened } from './text.ts';

const stage = (stageId: number, completedTasks: number, tasks: number, inputBytes = 0) => ({
  stageId,
  completedTasks,
  tasks,
  inputBytes,
  isDone: completedTasks === tasks,
});

describe('the line', () => {
  test('has the share, tasks, stages, what was read, and the time', () => {
    expect(progressText(totals([stage(0, 2, 2, 12_900_000), stage(1, 1, 6)]), 14_999)).toBe(
      '37%, 3 of 8 tasks, 1 of 2 stages, 12 MB read, 14 s',
    );
  });

  test('says so where nothing has begun', () => {
    expect(progressText(totals([]), 0)).toBe('no tasks yet, 0 s');
  });

  test('says 100% only where every task is done', () => {
    expect(progressText(totals([stage(0, 999, 1000)]), 0)).toMatch(/^99%/);
    expect(progressText(totals([stage(0, 1000, 1000)]), 0)).toMatch(/^100%/);
  });

  test.each([
    [999, '999 bytes read'],
    [1_000, '1 kB read'],
    [5_400_000_000, '5 GB read'],
    [7e15, '7000 TB read'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(progressText(totals([stage(0, 1, 1, bytes)]), 0)).toContain(`, ${text}, `);
  });

  test.each([
    [59_999, '59 s'],
    [60_000, '1 min 0 s'],
    [3_599_000, '59 min 59 s'],
    [3_600_000, '1 h 0 min'],
    [7_260_000, '2 h 1 min'],
  ])('%d ms are %s', (ms, text) => {
    expect(progressText(totals([]), ms)).toBe(`no tasks yet, ${text}`);
  });
});

describe('shortening', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
  ])('%s in %d columns is %s', (text, columns, short) => {
    expect(shortened(text, columns)).toBe(short);
  });
});
