import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { summaryOf } from '../lakes/day-summary.ts';
import { type InputFile, unpack } from '../oracles/lines.ts';
import { readSchemas } from '../oracles/schemas.ts';
import { judgeDay } from '../oracles/oracle.ts';
import { sampleDays } from './sample-days.ts';
import { expectedFiles } from './sample-expected.ts';

const SAMPLE = fileURLToPath(new URL('../../dataload/sample', import.meta.url));

const paths = readdirSync(SAMPLE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(SAMPLE, join(entry.parentPath, entry.name)));

const onDisk = (date: string): InputFile[] => {
  const folder = date.replaceAll('-', '/');
  return readdirSync(join(SAMPLE, folder)).map((name) => ({ name, bytes: readFileSync(join(SAMPLE, folder, name)) }));
};

/** Packed bytes differ between builds of zlib, what is in them does not. */
const contentOf = (file: InputFile): [string, string] => [file.name, Buffer.from(unpack(file)).toString('latin1')];

const days = sampleDays();
const committed = days.map(({ date }) => ({ date, files: onDisk(date) }));

describe('the sample', () => {
  test.each(committed)('of $date comes out of the generator again', ({ date, files }) => {
    const made = days.find((day) => day.date === date)?.files ?? [];
    expect(Object.fromEntries(files.map(contentOf))).toEqual(Object.fromEntries(made.map(contentOf)));
  });

  test('leads to its expected files, as DuckDB judges the committed bytes', async () => {
    const expected = await expectedFiles(committed);
    for (const [name, content] of expected) {
      expect([name, readFileSync(join(SAMPLE, 'expected', name), 'utf8')]).toEqual([name, content]);
    }
    const files = committed.flatMap(({ date, files }) =>
      files.map(({ name }) => join(date.replaceAll('-', '/'), name)),
    );
    expect(new Set(paths)).toEqual(new Set([...files, ...[...expected.keys()].map((name) => join('expected', name))]));
  });

  test('stays small', () => {
    expect(paths.reduce((sum, path) => sum + statSync(join(SAMPLE, path)).size, 0)).toBeLessThan(250_000);
  });

  test('shows every rule at work and keeps each day publishable', () => {
    const schemas = readSchemas();
    const summaries = committed.map(({ files }) => summaryOf(judgeDay(files, schemas)));
    const seen = new Set(summaries.flatMap(({ reasons, warnings }) => Object.keys({ ...reasons, ...warnings })));
    const keywords = ['type', 'required', 'additionalProperties', 'malformed', 'invalid_utf8'];
    expect(seen).toEqual(new Set([...keywords, ...schemas.rules.map(({ name }) => name)]));
    for (const { read, quarantined, superseded, blank } of summaries) {
      expect(quarantined / read).toBeLessThan(0.08);
      expect([superseded > 0, blank > 0, quarantined > 0]).toEqual([true, true, true]);
    }
  });

  test('holds beef, what only looks like beef, and totals at the edges of the levels', () => {
    const rows = committed.flatMap(({ files }) => judgeDay(files).rows);
    const withBeef = rows.filter(({ ingredients }) => ingredients.some((line) => /\bbeef\b/i.test(line)));
    expect(withBeef.length / rows.length).toBeGreaterThan(0.2);
    expect(withBeef.length / rows.length).toBeLessThan(0.35);
    expect(new Set(rows.map(({ url }) => url)).size).toBeGreaterThanOrEqual(295);
    const lines = rows.flatMap(({ ingredients }) => ingredients).join('\n');
    for (const text of ['beefsteak tomatoes', 'beefy', 'Beef broth', 'BEEF chuck', 'corned-beef'])
      expect(lines).toContain(text);
    const totals = new Set(withBeef.map((row) => row.total_time_seconds));
    for (const total of [1799, 1800, 3600, 3601, null]) expect(totals).toContain(total);
  });

  test('changes recipes of earlier days', () => {
    const [first, second] = committed.map(({ files }) => new Set(judgeDay(files).rows.map(({ url }) => url)));
    expect([...(first ?? [])].filter((url) => second?.has(url)).length).toBeGreaterThan(5);
  });
});
