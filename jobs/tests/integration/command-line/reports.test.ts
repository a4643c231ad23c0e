/** A second report by schema/schemas.yml alone: it is made, told, brought back to what is owed, and refused where it is wrong. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseLogicalDate } from 'lake';
import { lineageFaults } from 'runtime/testing/lineage-schema';
import { lineageServer } from 'runtime/testing/lineage-server';
import { layout } from '../../lakes/layout.ts';
import { type OwedReport, reportFromLake } from '../../oracles/duckdb-report.ts';
import { type Edit, DATE, type ProcessLake, processLake } from '../../lakes/process-lake.ts';
import { pageCommand } from '../../pages.ts';
import { type Ended, runScript, summaryOf } from '../../processes.ts';
import { smallDay } from '../../events/small-day.ts';

const DAY = parseLogicalDate(DATE);
const [BEEF, CHICKEN] = ['beef_cooking_time', 'chicken_cooking_time'];
const ROW = `
  ${CHICKEN}:
    ingredient: chicken
    levels:
      - { name: quick, below: 45 }
      - { name: slow, from: 45 }
    columns:
      - { name: effort, type: string, as: level }
      - { name: minutes, type: double, as: average_minutes }`;
const OWED: OwedReport = {
  word: 'chicken',
  header: ['effort', 'minutes'],
  levels: [
    { name: 'quick', below: 45 },
    { name: 'slow', from: 45 },
  ],
};
const LAST_LINE = '    manifests: prepare # where they have always been';
const withRow = (row: string): Edit => ['schema/schemas.yml', LAST_LINE, `${LAST_LINE}${row}`];

let lake: ProcessLake;
beforeAll(async () => {
  lake = await processLake();
  await lake.land([smallDay('reports', 400)]);
});
afterAll(async () => {
  await lake[Symbol.asyncDispose]();
});

const keyOf = (name: string): string => join(lake.output, layout.report(name, DAY));
const csvOf = (name: string): Promise<string> => readFile(keyOf(name), 'utf8');
const manifestOf = async (step: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(lake.lake, layout.currentManifest(step, DAY)), 'utf8')) as Record<string, unknown>;
const operate = (...words: string[]): Promise<Ended> =>
  runScript('jobs/cli/src/lake/lake.ts', [...words, '--lake', lake.lake, '--output', lake.output], lake.variables());

test('the only report is told as the report of the run, and its day as a day with a report', async () => {
  using lineage = await lineageServer();
  const told = { OPENLINEAGE_URL: lineage.url };
  expect(await lake.run('dataload', [], told)).toMatchObject({ exitCode: 0 });
  const ended = await lake.run('prepare', [], told);
  expect(lineage.events.flatMap(lineageFaults)).toEqual([]);
  const table = { namespace: 'file', name: join(lake.lake, layout.table) };
  expect(lineage.events).toMatchObject([
    { eventType: 'START', job: { name: 'dataload' } },
    { eventType: 'COMPLETE', inputs: [{ name: join(lake.lake, layout.roots.landing.prefix) }] },
    { eventType: 'START', job: { name: 'prepare' } },
    { eventType: 'COMPLETE', inputs: [table], outputs: [{ name: join(lake.output, BEEF) }] },
  ]);
  expect((lineage.events[1] as { outputs: unknown[] }).outputs[0]).toMatchObject(table);
  expect(Object.keys(summaryOf(ended))).toEqual(
    'job logicalDate runId exitCode outcome counts findings rows report manifest timings page'.split(' '),
  );
  expect(Object.keys(summaryOf(ended)['counts'] as object)).toEqual([
    'recipes',
    'beef',
    'unknownTotal',
    'easy',
    'medium',
    'hard',
  ]);
  expect((await operate('status')).stdout).toMatch(/^date .* age +report +run$/m);
  expect(JSON.parse((await operate('status', '--json')).stdout)).toMatchObject({
    days: [{ report: 'current', reportRunId: summaryOf(ended).runId }],
  });
});

test('status tells that the new report is missing, and proposes the command that makes it', async () => {
  await lake.configure(withRow(ROW));
  const ended = await operate('status');
  expect(ended.stdout).toMatch(/^date .* beef_cooking_time +chicken_cooking_time +run$/m);
  expect(ended.stdout).toMatch(/^2019-11-29 .* current +missing /m);
  expect(ended.stdout).toContain(`npm run lake -- backfill --from ${DATE} --to ${DATE} --job prepare`);
});

test('prepare makes every report that is listed, each as DuckDB computes it from the table', async () => {
  const before = await csvOf(BEEF);
  const ended = await lake.run('prepare');
  expect(ended.exitCode).toBe(0);
  const { csv, recipes, unknownTotals } = await reportFromLake(lake.lake, DATE, OWED);
  expect(Object.keys(recipes)).toEqual(['quick', 'slow']);
  expect(await csvOf(CHICKEN)).toBe(csv);
  expect(await csvOf(BEEF)).toBe(before);
  const rows = csv
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(','));
  const chicken = Object.values(recipes).reduce((sum, count) => sum + count, unknownTotals);
  expect(summaryOf(ended)).toMatchObject({
    job: 'prepare',
    outcome: 'published',
    exitCode: 0,
    reports: [
      { name: BEEF, outcome: 'unchanged', report: keyOf(BEEF) },
      {
        name: CHICKEN,
        outcome: 'published',
        counts: { recipes: 400, chicken, unknownTotal: unknownTotals, ...recipes },
        findings: [],
        rows: rows.map(([effort, minutes]) => ({ effort, minutes: Number(minutes) })),
        report: keyOf(CHICKEN),
        manifest: expect.stringContaining(join(lake.lake, layout.runManifests(CHICKEN, DAY))),
      },
    ],
  });
});

test('its manifest lies in its own folder, as the schema of manifests says', async () => {
  const manifest = await manifestOf(CHICKEN);
  expect(manifest).toMatchObject({ job: CHICKEN, logicalDate: DATE, staged: { rows: 2 } });
  const schema = JSON.parse(await readFile('schema/manifest.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strict: false }).compile(schema);
  for (const step of [CHICKEN, 'prepare']) {
    expect([validate(await manifestOf(step)), validate.errors]).toEqual([true, null]);
  }
  expect(await manifestOf('prepare')).toMatchObject({ job: 'prepare', counts: { beef: expect.any(Number) } });
});

test('status has both reports, for people and for machines', async () => {
  expect((await operate('status')).stdout).toMatch(/^2019-11-29 .* current +current /m);
  const { days, missing } = JSON.parse((await operate('status', '--json')).stdout) as {
    days: object[];
    missing: object[];
  };
  expect(days).toMatchObject([
    {
      report: 'current',
      reports: [
        { name: BEEF, report: 'current' },
        { name: CHICKEN, report: 'current' },
      ],
    },
  ]);
  expect(missing).toEqual([]);
});

test('--report makes one report alone, and says what a run of one report says', async () => {
  await rm(keyOf(CHICKEN));
  const { runId } = await manifestOf('prepare');
  const ended = await lake.run('prepare', ['--report', CHICKEN]);
  expect(ended.exitCode).toBe(0);
  const summary = summaryOf(ended);
  expect(summary).toMatchObject({
    outcome: 'published',
    report: keyOf(CHICKEN),
    rows: [{ effort: 'quick' }, { effort: 'slow' }],
  });
  expect(summary).not.toHaveProperty('reports');
  expect(await csvOf(CHICKEN)).toBe((await reportFromLake(lake.lake, DATE, OWED)).csv);
  expect(await manifestOf('prepare')).toMatchObject({ runId });
});

test('backfill makes the reports too, or the one that is named', async () => {
  await rm(keyOf(CHICKEN));
  const range = ['--from', DATE, '--to', DATE, '--job', 'prepare', '--json'];
  const both = JSON.parse((await operate('backfill', ...range)).stdout) as { days: { prepare: object }[] };
  expect(both.days[0]?.prepare).toMatchObject({
    outcome: 'published',
    reports: [
      { name: BEEF, outcome: 'unchanged' },
      { name: CHICKEN, outcome: 'published' },
    ],
  });
  const places = { '2019-11-28': DATE, '2019-11-30': DATE, NAME: CHICKEN };
  const [, named] = pageCommand('jobs/prepare/README.md', 'npm run lake -- backfill', places);
  const one = JSON.parse((await operate(...named, '--json')).stdout) as typeof both;
  expect(one.days[0]?.prepare).toMatchObject({ outcome: 'unchanged', report: keyOf(CHICKEN) });
});

test('a report that cannot be published keeps the other from nothing, and gives the run its exit code', async () => {
  await rm(keyOf(CHICKEN));
  // The manifest of such a run is there already for the first report alone.
  const words = ['--run-id', 'taken', '--try', '1'];
  expect(await lake.run('prepare', [...words, '--report', BEEF])).toMatchObject({ exitCode: 0 });
  const ended = await lake.run('prepare', words);
  expect(ended.exitCode).toBe(2);
  const summary = summaryOf(ended);
  expect(summary).toMatchObject({
    outcome: 'failed',
    code: 'usage',
    reports: [
      { name: BEEF, outcome: 'failed', exitCode: 2 },
      { name: CHICKEN, outcome: 'published' },
    ],
  });
  expect(ended.stderr).toContain(String(summary.message));
  expect(await csvOf(CHICKEN)).toBe((await reportFromLake(lake.lake, DATE, OWED)).csv);
});

test('npm start tells each report by its name', async () => {
  const places = {
    'jobs/dataload/sample/2019/11/29': lake.landing,
    '/tmp/lake': join(lake.folder, 'own'),
    '/tmp/output': join(lake.folder, 'out'),
  };
  const ended = await runScript(...pageCommand('README.md', 'npm start -- ', places), lake.variables());
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(ended.stdout).toMatch(
    /^ {2}beef_cooking_time published in .*\n {4}\d+ recipes with beef, minutes on average:$/m,
  );
  expect(ended.stdout).toMatch(
    /^ {2}chicken_cooking_time published in .*\n {4}\d+ recipes with chicken, .*\n +effort +minutes$/m,
  );
  expect(ended.stdout).toContain(join(lake.folder, 'out', layout.report(CHICKEN, DAY)));
});

describe('what cannot be made stops prepare with exit code 2, before it looks for Spark', () => {
  test.each<[string, string, string[]]>([
    [
      'an unknown key',
      ROW.replace('levels:', 'levles:'),
      [`unknown key reports.${CHICKEN}.levles; did you mean levels?`],
    ],
    ['an unknown column source', ROW.replace('as: level', 'as: levle'), [`reports.${CHICKEN}`, 'did you mean level?']],
    ['an empty level', ROW.replace('from: 45', 'from: 45, below: 45'), [`reports.${CHICKEN}`, 'level slow is empty']],
    ['levels that overlap', ROW.replace('from: 45', 'from: 40'), [`reports.${CHICKEN}`, 'quick and slow overlap']],
    [
      'levels that leave a gap',
      ROW.replace('from: 45', 'above: 45'),
      [`reports.${CHICKEN}`, 'quick and slow leave a gap'],
    ],
    ['two reports of one name', ROW.replace(CHICKEN, BEEF), [`the key ${BEEF} is there twice`, 'rename or remove one']],
  ])('%s', async (_, row, says) => {
    await using wrong = await processLake();
    await wrong.configure(withRow(row));
    await expectRefusal(wrong, [], ['schema/schemas.yml', ...says]);
    const ended = await runScript(
      'jobs/cli/src/lake/lake.ts',
      ['status', '--lake', wrong.lake, '--output', wrong.output],
      wrong.variables(),
    );
    expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says.at(-1)!) });
  });

  test('a report that nobody knows', async () => {
    await expectRefusal(
      lake,
      ['--report', 'chiken_cooking_time'],
      [`unknown report --report "chiken_cooking_time"; did you mean ${CHICKEN}?`],
    );
    const range = ['--from', DATE, '--to', DATE];
    expect(await operate('backfill', ...range, '--report', 'desserts')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`unknown report --report "desserts"; known are ${BEEF}, ${CHICKEN}`),
    });
  });

  async function expectRefusal(where: ProcessLake, words: readonly string[], says: readonly string[]): Promise<void> {
    const ended = await where.run('prepare', words, { SPARK_REMOTE: 'sc://127.0.0.1:1' });
    const summary = summaryOf(ended);
    expect(summary).toMatchObject({ job: 'prepare', outcome: 'failed', exitCode: 2 });
    expect(ended.exitCode).toBe(2);
    for (const text of says) expect(summary.message).toContain(text);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  }
});

test.each([
  [[], '--report NAME is required, there are several reports: beef_cooking_time, chicken_cooking_time'],
  [['--report', 'beef'], 'unknown report --report "beef"'],
  [['--report', CHICKEN], 'keeps no versions'],
])('restore --job prepare %j is answered with a sentence', async (words, says) => {
  const ended = await operate('restore', '--date', DATE, '--job', 'prepare', ...words);
  expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
});

test('restore of the table takes no report', async () => {
  const ended = await operate('restore', '--date', DATE, '--report', CHICKEN);
  expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--report goes with --job prepare') });
});
