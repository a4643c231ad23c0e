import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { rowMaker } from './row-maker.ts';

const read = (index: number): number => index;

test.each([
  ['nothing', []],
  ['signs of JavaScript', ['a"b', "it's", '`${1}`', '\\', '*/', '//', ']: 1, ["x', '\n\r\u2028\u2029\0', '']],
  ['words of JavaScript', ['__proto__', 'constructor', 'get', 'async', 'rows', 'index', 'toJSON']],
  ['half a sign', ['\ud800', '\u{1f600}']],
  ['more names than are compiled', Array.from({ length: 101 }, (_, column) => `c${column}`).with(3, '__proto__')],
])('rows are named by %s', (_, names) => {
  const rows = rowMaker(names)(
    2,
    names.map((__, column) => (index) => `${column}.${index}`),
  );
  expect(rows.map((row) => Object.entries(row))).toEqual(
    [0, 1].map((index) => names.map((name, column) => [name, `${column}.${index}`])),
  );
  for (const row of rows) expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test('the same names have the same maker, those of another order have not', () => {
  expect(rowMaker(['a', 'b'])).toBe(rowMaker(['a', 'b']));
  expect(rowMaker(['b', 'a'])(1, [read, read]).map((row) => Object.keys(row))).toEqual([['b', 'a']]);
});

test('ever new names do not pile up', () => {
  const first = rowMaker(['first']);
  for (let number = 0; number < 500; number++) rowMaker([`n${number}`]);
  expect(rowMaker(['first'])).not.toBe(first);
});

test('a process that forbids code made of text has the same rows', () => {
  const module = JSON.stringify(new URL('row-maker.ts', import.meta.url).href);
  const code = `import { rowMaker } from ${module}; console.log(JSON.stringify(rowMaker(['a', 'b'])(2, [String, Number])));`;
  const words = ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', code];
  const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([
    { a: '0', b: 0 },
    { a: '1', b: 1 },
  ]);
});
