import { describe, expect, test } from '@jest/globals';
import { cleanEntries } from './clean-line.ts';
import { dirtyDay, WAYS } from './dirty-day.ts';
import { inReadingOrder, linesOf, unpack } from '../oracles/lines.ts';
import { keywordSeverity, readSchemas } from '../oracles/schemas.ts';
import { judgeDay, judgeLine } from '../oracles/oracle.ts';
import { randomOf } from 'spark-connect/testing/random';
import { makeRecipe } from './recipe-maker.ts';

const schemas = readSchemas();

describe('the table of ways', () => {
  test.each(WAYS)('$name breaks exactly what it says, in every variant', ({ breaks, variants }) => {
    for (const [index, variant] of variants.entries()) {
      for (let seed = 0; seed < 5; seed += 1) {
        const random = randomOf(seed);
        const line = variant(cleanEntries(makeRecipe(random, seed, { beef: true }), random), random);
        const bytes = Buffer.from(line);
        const judged = judgeLine(bytes, schemas);
        const found = judged.kind === 'quarantined' ? judged.reasons : [{ rule: judged.kind, field: null }];
        const text = found.map(({ rule, field }) => (field === null ? rule : `${rule}:${field}`));
        expect({ index, line: bytes.toString(), breaks: text }).toEqual({ index, line: bytes.toString(), breaks });
        expect(bytes.includes(0x0a)).toBe(false);
      }
    }
  });

  test('has a way for every rule that can send a line to quarantine', () => {
    const broken = new Set(WAYS.flatMap(({ breaks }) => breaks.map((reason) => reason.split(':')[0])));
    const named = schemas.rules.filter(({ severity }) => severity === 'error').map(({ name }) => name);
    const keywords = ['type', 'required', 'additionalProperties'].filter(
      (k) => keywordSeverity(schemas, k) === 'error',
    );
    expect(broken).toEqual(
      new Set(['invalid_utf8', 'malformed', 'too_deep', 'number_too_long', 'key_too_long', ...keywords, ...named]),
    );
  });

  test('names every way once', () => {
    expect(new Set(WAYS.map(({ name }) => name)).size).toBe(WAYS.length);
  });
});

const options = { seed: 5, lines: 1000, brokenShare: 0.1 };

const contents = (seed: number): string[] =>
  dirtyDay({ ...options, seed }).files.map((file) => Buffer.from(unpack(file)).toString('base64'));

describe('dirtyDay', () => {
  test('is the same for the same seed and another for another', () => {
    expect(contents(5)).toEqual(contents(5));
    expect(contents(5)).not.toEqual(contents(6));
  });

  test.each([1, 2, 3, 4])('holds every way, and the counts it claims (seed %d)', (seed) => {
    const { files, brokenBy, blank } = dirtyDay({ ...options, seed });
    const { counts } = judgeDay(files, schemas);
    expect(counts).toMatchObject({ read: 1000, quarantined: 100, blank });
    expect(new Set(brokenBy.keys())).toEqual(new Set(WAYS.map(({ name }) => name)));
    expect(counts.superseded).toBeGreaterThan(0);
    expect(blank).toBeGreaterThan(0);
  });

  test('breaks every rule as often as asked for', () => {
    const { brokenBy, files } = dirtyDay({ ...options, lines: 4000, atLeast: 20 });
    expect(Math.min(...brokenBy.values())).toBe(20);
    expect(judgeDay(files, schemas).counts.quarantined).toBe(WAYS.length * 20);
  });

  test('breaks every warning at least twenty times in a day of 2,000 lines', () => {
    const { warnings } = judgeDay(dirtyDay({ ...options, lines: 2000 }).files, schemas);
    const named = schemas.rules.filter(({ severity }) => severity === 'warn').map(({ name }) => name);
    for (const rule of ['additionalProperties', ...named]) expect(warnings.get(rule) ?? 0).toBeGreaterThanOrEqual(20);
  });

  test('is clean without a broken share', () => {
    const { files, brokenBy } = dirtyDay({ ...options, brokenShare: 0 });
    expect(brokenBy.size).toBe(0);
    expect(judgeDay(files, schemas).counts).toMatchObject({ read: 1000, quarantined: 0 });
  });

  test('can be broken altogether, and refuses what does not fit', () => {
    expect(judgeDay(dirtyDay({ ...options, brokenShare: 1 }).files).counts.quarantined).toBe(1000);
    expect(() => dirtyDay({ ...options, lines: 100, atLeast: 20 })).toThrow('100 lines cannot hold');
  });

  test('holds byte order marks, both line ends, packed files and long lines', () => {
    const { files } = dirtyDay({ ...options, lines: 3000 });
    const texts = inReadingOrder(files).flatMap((file) => [...linesOf(file)].map(({ text }) => text ?? ''));
    expect(files.map(({ name }) => name)).toContainEqual(expect.stringMatching(/\.gz$/));
    expect(texts.some((text) => text.startsWith('\u{feff}{'))).toBe(true);
    expect(texts.some((text) => text.endsWith('}\r'))).toBe(true);
    expect(texts.some((text) => text.endsWith('}'))).toBe(true);
    expect(Math.max(...texts.map((text) => text.length))).toBeGreaterThan(60_000);
  });
});
