import { expect, test } from '@jest/globals';
import { produceArguments } from './arguments.ts';

const DAY = ['--date', '2019-11-29', '--input', 'in'];
const given = (...words: string[]) => produceArguments(words, {});

test('what may be left out has its defaults', () => {
  expect(given(...DAY)).toMatchObject({ date: { iso: '2019-11-29' }, input: 'in', partitions: 4, env: 'local' });
  expect(given(...DAY).rate).toBeUndefined();
  expect(produceArguments(DAY, { RECIPE_ETL_ENV: 'dev' }).env).toBe('dev');
});

test('what is given counts', () => {
  expect(given(...DAY, '--rate', '250', '--partitions', '12', '--env', 'mine')).toMatchObject({
    rate: 250,
    partitions: 12,
    env: 'mine',
  });
});

test.each([
  [['--input', 'in'], /--date YYYY-MM-DD is required/],
  [['--date', '2019-11-29'], /--input FOLDER is required/],
  [['--date', '2019-02-31', '--input', 'in'], /is not a day/],
  [[...DAY, '--rate', '0'], /--rate "0" is not a whole number from 1 to 1000000/],
  [[...DAY, '--rate', '2.5'], /--rate "2\.5"/],
  [[...DAY, '--partitions', '1001'], /from 1 to 1000/],
  [[...DAY, '--topic', 'x'], /--topic.*see --help/],
])('%j is refused', (words, message) => {
  expect(() => given(...words)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
  );
});
