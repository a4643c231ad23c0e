import { expect, test } from '@jest/globals';
import { brokenRules, bytesOf, exampleText, linesIn } from './quarantine-lines.ts';

const COOK = { rule: 'duration', field: 'cookTime', message: 'is no ISO 8601 duration' };
const PREP = { ...COOK, field: 'prepTime' };
const MALFORMED = { rule: 'malformed', message: 'the line is not one JSON object' };

const at = (line: number) => ({ event: { file: 'a.json', line } });
const LINES = [
  { raw: '{"cookTime":"soon"}', reasons: [COOK], ...at(1) },
  { raw: 'é\tno JSON', reasons: [MALFORMED], ...at(2) },
  { raw: '{"cookTime":"soon","prepTime":"soon"}', reasons: [COOK, PREP], ...at(3) },
  { raw_base64: '//4=', reasons: [MALFORMED], ...at(4) },
  { raw: 'x'.repeat(100), reasons: [MALFORMED], ...at(5) },
  { raw: '[]', reasons: [MALFORMED], ...at(6) },
  { reasons: [{ rule: 'tombstone', message: 'no value' }], event: { topic: 't', partition: 1, offset: 7 } },
];
const content = (lines: readonly object[]): Uint8Array =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

test('the lines of an object come one by one, whether or not the last one has its line end', () => {
  expect([...linesIn(content(LINES))]).toEqual(LINES);
  expect([...linesIn(content(LINES).subarray(0, -1))]).toEqual(LINES);
  expect([...linesIn(new Uint8Array())]).toEqual([]);
});

test('rules come in the order of how many lines break them, each with its first lines', () => {
  expect(brokenRules(LINES)).toEqual([
    {
      rule: 'malformed',
      message: 'the line is not one JSON object',
      lines: 4,
      examples: [String.raw`a.json, line 2: "é\tno JSON"`, 'a.json, line 4', `a.json, line 5: "${'x'.repeat(80)}…"`],
    },
    {
      rule: 'duration:cookTime',
      message: 'is no ISO 8601 duration',
      lines: 2,
      examples: [
        String.raw`a.json, line 1: "{\"cookTime\":\"soon\"}"`,
        String.raw`a.json, line 3: "{\"cookTime\":\"soon\",\"prepTime\":\"soon\"}"`,
      ],
    },
    expect.objectContaining({ rule: 'duration:prepTime', lines: 1 }),
    { rule: 'tombstone', message: 'no value', lines: 1, examples: ['topic t, partition 1, offset 7'] },
  ]);
});

test.each([
  ['duration', [1, 3]],
  ['duration:prepTime', [3]],
  ['malformed', [2, 4, 5, 6]],
  ['dura', []],
])('lines that break %s are %j', (rule, lines) => {
  expect([...linesIn(content(LINES), rule)].map(({ event }) => event['line'])).toEqual(lines);
});

test('a line is given back as it came, byte by byte', () => {
  expect(Buffer.from(bytesOf({ ...LINES[3]!, event: {} })).toString('hex')).toBe('fffe');
  expect(Buffer.from(bytesOf({ ...LINES[1]!, event: {} })).toString()).toBe('é\tno JSON');
  expect(bytesOf({ reasons: [], event: {} })).toHaveLength(0);
});

test('a record without a value is told by its place', () => {
  expect(exampleText({ reasons: [], event: { topic: 't', partition: 1, offset: 7 } })).toBe(
    'topic t, partition 1, offset 7',
  );
});
