/** How runs end that read their input: dry, empty, binary, broken beyond the limit, and the same once more. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { contentOf, file } from '../../lakes/in-process.ts';
import type { InputFile } from '../../oracles/lines.ts';
import { DATE, type ProcessLake, processLake } from '../../lakes/process-lake.ts';
import { type Ended, summaryOf } from '../../processes.ts';
import { publishedRows, quarantineLines } from '../../lakes/published-day.ts';
import { randomOf } from 'spark-connect/testing/random';
import { layout } from '../../lakes/layout.ts';
import { smallDay } from '../../events/small-day.ts';

const OUTPUT_OF_A_RUN = /^(recipes|quarantine|manifests|_staging)\//;

let lake: ProcessLake;
beforeAll(async () => {
  lake = await processLake();
});
afterAll(async () => {
  await lake[Symbol.asyncDispose]();
});

const written = async (): Promise<Record<string, string>> => {
  const files = Object.entries(await contentOf(lake.lake)).filter(([name]) => OUTPUT_OF_A_RUN.test(name));
  return Object.fromEntries(files);
};

function expectSummary(ended: Ended, expected: object): void {
  expect(summaryOf(ended)).toMatchObject(expected);
  expect(ended.exitCode).toBe(summaryOf(ended).exitCode);
  expect(ended.stdout).toMatch(/^\{.*\}\n$/);
}

/** Some bytes of every value, line feeds among them: what an image has to say. */
function binaryFile(lines: number): InputFile {
  const random = randomOf(7);
  const line = (): number[] => Array.from({ length: 60 }, () => random.integer(0x80, 0xff));
  const bytes = Array.from({ length: lines }, () => [0, ...line(), 0x0a]).flat();
  return { name: 'image.json', bytes: Uint8Array.from(bytes) };
}

test('--dry-run judges the day and changes nothing, in an empty lake; what it leaves out it names', async () => {
  await lake.land([smallDay('dry'), { name: 'notes.txt', bytes: new Uint8Array() }]);
  const ended = await lake.run('dataload', ['--dry-run']);
  expectSummary(ended, { outcome: 'dry-run', exitCode: 0, counts: { read: 40 } });
  expect(ended.stderr).toMatch(/warn.*left out in .*: notes\.txt/);
  const prepared = await lake.run('prepare', ['--dry-run']);
  expectSummary(prepared, { outcome: 'dry-run', exitCode: 0, rows: [] });
  expect(prepared.stderr).toContain('a dry run publishes no table, so there is nothing to compute yet');
  expect(await written()).toEqual({});
});

test('prepare without a published day ends with exit code 3 and says which job comes first', async () => {
  const ended = await lake.run('prepare');
  expectSummary(ended, { job: 'prepare', outcome: 'failed', exitCode: 3 });
  expect(summaryOf(ended).message).toContain(lake.data);
  expect(summaryOf(ended).message).toContain(`dataload --date ${DATE}`);
});

test('--allow-empty makes a day without files an empty partition, and prepare an empty report', async () => {
  await lake.land([]);
  expectSummary(await lake.run('dataload', ['--allow-empty']), { outcome: 'published', counts: { read: 0 } });
  expectSummary(await lake.run('prepare'), { outcome: 'published', rows: [] });
  expect(await publishedRows(lake.lake, DATE)).toEqual([]);
  expect(await readFile(lake.report, 'utf8')).toBe('difficulty,avg_total_cooking_time\n');
});

test('a binary file beside good ones is accounted for, line by line, in the quarantine', async () => {
  await lake.land([smallDay('good'), binaryFile(5)]);
  const counts = { read: 45, published: 40, quarantined: 5 };
  expectSummary(await lake.run('dataload'), { outcome: 'published', exitCode: 0, counts });
  const lines = await quarantineLines(lake.lake, DATE);
  expect(lines.map(({ event }) => [event.file, event.line])).toEqual(
    [1, 2, 3, 4, 5].map((line) => ['image.json', line]),
  );
});

test('the same input again is unchanged, and the last line of both streams is the summary', async () => {
  const before = await readFile(lake.data);
  const lines = (await lake.merged('dataload')).trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ outcome: 'unchanged', exitCode: 0 });
  expect(lines.length).toBeGreaterThan(1);
  expect(await readFile(lake.data)).toEqual(before);
});

test('a day that is broken beyond the limit ends with exit code 4, and the old day stands', async () => {
  const before = await written();
  await lake.land([
    file(
      'broken.json',
      '{"url":',
      '[]',
      '',
      ...Array.from({ length: 6 }, (_, n) => `{"url":"u${n}","ingredients":"1 egg"}`),
    ),
  ]);
  const ended = await lake.run('dataload');
  expectSummary(ended, { outcome: 'failed', code: 'quality', exitCode: 4 });
  const { message, runId } = summaryOf(ended);
  expect(message).toContain('2 of 8 lines are quarantined (25 %), allowed are 20 %');
  expect(message).toContain('malformed 2; the first is broken.json, line 1: the line is not');

  const rejected = layout.rejectedManifest('dataload', parseLogicalDate(DATE), runId ?? '');
  expect(message).toContain(join(lake.lake, rejected));
  const manifest = JSON.parse(await readFile(join(lake.lake, rejected), 'utf8')) as { findings: unknown[] };
  expect(manifest).toMatchObject({ runId, counts: { read: 9, quarantined: 2 } });
  expect(manifest.findings).toContainEqual(expect.objectContaining({ severity: 'error', code: 'quarantined_share' }));
  // Beside the findings, and the quarantine that they are about, nothing came and nothing went.
  const after = await written();
  for (const [name, content] of Object.entries(before)) expect([name, after[name]]).toEqual([name, content]);
  const added = Object.keys(after).filter((name) => !(name in before));
  expect(added.every((name) => name.includes(runId ?? '?'))).toBe(true);
  const staging = await readdir(join(lake.lake, '_staging'), { recursive: true, withFileTypes: true });
  expect(staging.filter((entry) => entry.isFile())).toEqual([]);
});

test('--dry-run changes nothing where a day stands either', async () => {
  await lake.land([smallDay('other')]);
  const before = await written();
  expectSummary(await lake.run('dataload', ['--dry-run']), { outcome: 'dry-run', counts: { published: 40 } });
  expectSummary(await lake.run('prepare', ['--dry-run']), { outcome: 'dry-run' });
  expect(await written()).toEqual(before);
});
