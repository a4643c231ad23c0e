import { expect, test } from '@jest/globals';
import { canRewrite, Progress } from './summary.ts';

const CLEAR = '\r\u001B[K';

function streamOf(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text) > 0, written };
}

test.each([
  ['a terminal', true, {}, true],
  ['a file or a pipe', false, {}, false],
  ['CI', true, { CI: 'true' }, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR, which is none', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('the line is rewritten or not: %s', (_, isTTY, variables, expected) => {
  expect(canRewrite({ isTTY }, variables)).toBe(expected);
});

test('on a terminal one line is rewritten, with what stands before it, and is taken away in the end', () => {
  const stream = streamOf(true);
  const progress = new Progress(stream, {});
  progress.place('day 2 of 3, about 10 s left');
  progress.say('dataload: judging');
  progress.detail('Spark: 3 of 8 tasks');
  progress.clear();
  expect(stream.written).toEqual([
    `${CLEAR}day 2 of 3, about 10 s left: dataload: judging …`,
    `${CLEAR}day 2 of 3, about 10 s left: dataload: judging (Spark: 3 of 8 tasks) …`,
    CLEAR,
  ]);
});

test('where CI is set a terminal gets whole lines, and no code that moves its cursor', () => {
  const stream = streamOf(true);
  const progress = new Progress(stream, { CI: 'true' });
  progress.say('connecting');
  progress.say('connecting');
  progress.detail('Spark: 3 of 8 tasks');
  progress.place('day 1 of 2');
  progress.say('2019-11-28: published');
  progress.clear();
  expect(stream.written).toEqual(['connecting\n', 'day 1 of 2: 2019-11-28: published\n']);
});
