import { describe, expect, test } from '@jest/globals';
import type { InputFile } from './lines.ts';
import { readSchemas } from './schemas.ts';
import { judgeDay, judgeLine, type LineJudgement } from './oracle.ts';

const schemas = readSchemas();
const judge = (line: Uint8Array | string): LineJudgement => judgeLine(line, schemas);
const event = (fields: object): string =>
  JSON.stringify({ name: 'n', url: 'u', ingredients: 'i', cookTime: 'PT1M', prepTime: 'PT1M', ...fields });

const reasonsOf = (line: Uint8Array | string): string[] | string => {
  const judged = judge(line);
  if (judged.kind !== 'quarantined') return judged.kind;
  return judged.reasons.map(({ rule, field }) => (field === null ? rule : `${rule}:${field}`));
};

const warningsOf = (line: string): string[] | string => {
  const judged = judge(line);
  return judged.kind === 'accepted'
    ? judged.warnings.map(({ rule, field }) => `${rule}:${String(field)}`)
    : judged.kind;
};

describe('judgeLine', () => {
  test.each(['', ' ', '\r', '\t \r', '\u{feff}', '\u{feff} \r'])('%j is blank', (line) => {
    expect(judge(line)).toEqual({ kind: 'blank' });
  });

  test.each([
    '\u{a0}',
    '\u{feff}\u{feff}',
    '{',
    '[]',
    'null',
    '1',
    '"a"',
    '{} {}',
    '{},',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":1}',
    '{"a":[{"b":1,"b":1}]}',
    "{'a':1}",
    '{"a":NaN}',
    '{"a":1,}',
    '{"a":"\t"}',
    '{}\u{a0}',
    '{}\r{}',
    ' \u{feff}{}',
  ])('%j is malformed and nothing else', (line) => {
    expect(reasonsOf(line)).toEqual(['malformed']);
  });

  test('bytes that are no UTF-8 are that and nothing else', () => {
    expect(reasonsOf(Buffer.from('{"url":"\u{e9}"', 'latin1'))).toEqual(['invalid_utf8']);
    expect(reasonsOf(Buffer.from('{"url":"\u{e9}"}'))).toEqual(['required:ingredients']);
  });

  test.each([
    [event({ url: null }), ['required:url']],
    [event({ url: ' \u{a0}' }), ['url_blank:url']],
    [event({ url: 5 }), ['type:url']],
    [event({ ingredients: '&nbsp;\r\n' }), ['ingredients_empty:ingredients']],
    [event({ cookTime: 'P' }), ['cook_time_malformed:cookTime']],
    [event({ cookTime: 'P1DT' }), ['cook_time_malformed:cookTime']],
    [event({ prepTime: 'pt5m' }), ['prep_time_malformed:prepTime']],
    [event({ cookTime: 'P1Y' }), ['cook_time_not_fixed:cookTime']],
    ['{}', ['required:url', 'required:ingredients']],
    [
      '{"x":1,"prepTime":"5","datePublished":"x","description":[],"url":"","name":{}}',
      ['type:name', 'type:description', 'required:ingredients', 'url_blank:url', 'prep_time_malformed:prepTime'],
    ],
  ])('%s is quarantined for exactly its reasons, in their order', (line, reasons) => {
    expect(reasonsOf(line)).toEqual(reasons);
  });

  test.each([
    [event({}), []],
    [event({ name: null }), ['name_blank:name']],
    [event({ name: '&nbsp;' }), ['name_blank:name']],
    [event({ cookTime: 'PT' }), ['cook_time_unknown:cookTime']],
    [event({ cookTime: 'PT0S', prepTime: ' ' }), ['prep_time_unknown:prepTime']],
    [event({ URL: null, extra: { a: 1 } }), ['additionalProperties:URL', 'additionalProperties:extra']],
    [
      '{"url":"u","ingredients":"i","__proto__":{"url":1}}',
      ['additionalProperties:__proto__', 'name_blank:name', 'cook_time_unknown:cookTime', 'prep_time_unknown:prepTime'],
    ],
  ])('%s is accepted with exactly its warnings', (line, warnings) => {
    expect(warningsOf(line)).toEqual(warnings);
  });

  test('makes the row of the table', () => {
    const line = event({
      name: ' Cr&egrave;me ',
      url: ' u&amp; ',
      ingredients: 'a\r\n&frac12; b\n',
      cookTime: 'PT',
      prepTime: 'PT1,9S',
      recipeYield: '',
      image: null,
      datePublished: ' 2019-11-29 ',
      x: 1,
    });
    expect(judge(line)).toMatchObject({
      kind: 'accepted',
      unknownFields: ['x'],
      row: {
        name: 'Crème',
        url: 'u&amp;',
        ingredients: ['a', '½ b'],
        cook_time_seconds: null,
        prep_time_seconds: 1,
        total_time_seconds: 1,
        recipe_yield: null,
        image: null,
        description: null,
        date_published: '2019-11-29',
      },
    });
  });
});

const file = (name: string, ...lines: readonly string[]): InputFile => ({ name, bytes: Buffer.from(lines.join('\n')) });

describe('judgeDay', () => {
  test('keeps the last accepted event of a url, by file name bytewise and then by line', () => {
    const day = judgeDay([
      file('r-9.json', event({ url: 'a', name: 'last' }), event({ url: 'a', name: 'broken', cookTime: 'P' })),
      file('r-10.json', event({ url: ' a ', name: 'first' }), '', event({ url: 'b', name: 'other' })),
      file('_r-99.json', event({ url: 'a', name: 'ignored' })),
      file('r-99.txt', event({ url: 'a', name: 'ignored' })),
    ]);
    expect(day.rows.map(({ url, name, event: { file } }) => [url, name, file])).toEqual([
      ['a', 'last', 'r-9.json'],
      ['b', 'other', 'r-10.json'],
    ]);
    expect(day.counts).toEqual({ read: 5, published: 2, superseded: 1, quarantined: 1, blank: 1 });
    expect(day.quarantine).toEqual([
      { file: 'r-9.json', line: 2, reasons: [{ rule: 'cook_time_malformed', field: 'cookTime' }] },
    ]);
  });

  test('counts warnings of accepted lines only, superseded ones included, and a rule once a line', () => {
    const day = judgeDay([
      file(
        'a.json',
        event({ x: 1, y: null }),
        event({ x: 1 }),
        event({ x: 1, name: '', url: '' }),
        event({ name: '' }),
      ),
    ]);
    expect(Object.fromEntries(day.warnings)).toEqual({ additionalProperties: 2, name_blank: 1 });
    expect(Object.fromEntries(day.unknownFields)).toEqual({ x: 2, y: 1 });
  });
});
