import { expect, test } from '@jest/globals';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import { brokenWalls, circles } from './walls.mjs';

function wallsOf(files: Readonly<Record<string, string>>): string[] {
  const jobs = temporaryFolder();
  for (const [file, text] of Object.entries(files)) writeFileIn(jobs, file, text);
  return brokenWalls(Object.keys(files), jobs);
}

test.each([
  ['lake/src/layout.ts', "import { openLog } from 'runtime';", 'lake may import npm packages only'],
  [
    'dataload/src/stage.ts',
    "import type { Report } from 'prepare';",
    'dataload may import spark-connect, lake, runtime',
  ],
  ['cli/src/start.ts', "import { layout } from '../../lake/src/layout.ts';", 'use each other by what they export'],
  ['lake/src/stores/store.ts', "import { publish } from '../publish/publish.ts';", 'stores may not import publish'],
  ['lake/src/layout.ts', "import { S3Client } from '@aws-sdk/client-s3';", 'knows @aws-sdk/'],
  ['runtime/src/run.ts', "import { child } from 'lake/testing/child';", 'nothing imports tests or their support'],
  [
    'dataload/src/plan/judge.ts',
    "import { join } from 'node:path';",
    'a pure folder takes what it needs as an argument',
  ],
  ['dataload/src/stage.ts', "import { readFile } from 'node:fs/promises';", 'a job opens no file'],
])('%s with %s breaks a wall, which is named', (file, text, rule) => {
  const specifier = /'([^']+)'/.exec(text)?.[1] ?? '';
  expect(wallsOf({ [file]: `${text}\n` })).toEqual([
    expect.stringMatching(new RegExp(`^jobs/${file}: import of ${specifier.replaceAll('.', '\\.')}: .*`)),
  ]);
  expect(wallsOf({ [file]: `${text}\n` }).join('')).toContain(rule);
});

test('a pure folder knows no process and no time of day', () => {
  const text = 'export const home = () => process.env;\n';
  expect(wallsOf({ 'prepare/src/reports/report.ts': text })).toEqual([
    'jobs/prepare/src/reports/report.ts: process: a pure folder takes what it needs as an argument',
  ]);
});

test('more names than may leave lake are too many', () => {
  const index = (names: number): string =>
    `export { ${Array.from({ length: names }, (_, at) => `n${at}`).join(', ')} } from './all.ts';\nexport type { T } from './all.ts';\n`;
  expect(wallsOf({ 'lake/src/index.ts': index(59) })).toEqual([]);
  expect(wallsOf({ 'lake/src/index.ts': index(60) })).toEqual([
    'jobs/lake/src/index.ts: 61 exports: at most 60 names leave this package',
  ]);
});

test('what the rooms allow, and what tests do, breaks none', () => {
  expect(
    wallsOf({
      'dataload/src/stage.ts': "import { audit } from 'lake';\nimport { judge } from './plan/judge.ts';\n",
      'lake/src/publish/publish.ts': "import type { ObjectStore } from '../stores/store.ts';\n",
      'lake/src/stores/s3/client.ts': "import { S3Client } from '@aws-sdk/client-s3';\n",
      'lake/src/layout.test.ts': "import { temporaryFolder } from '../testing/temporary-folder.ts';\n",
    }),
  ).toEqual([]);
});

test('a circle of imports is found, unless only types go round', () => {
  const jobs = temporaryFolder();
  const files = ['lake/src/a.ts', 'lake/src/b.ts', 'lake/src/c.ts'];
  writeFileIn(jobs, files[0]!, "import { b } from './b.ts';\n");
  writeFileIn(jobs, files[1]!, "import { a } from './a.ts';\n");
  writeFileIn(jobs, files[2]!, "import type { A } from './a.ts';\n");
  expect(circles(files, jobs)).toEqual(['lake/src/a.ts -> lake/src/b.ts -> lake/src/a.ts']);
  writeFileIn(jobs, files[1]!, "import type { A } from './a.ts';\n");
  expect(circles(files, jobs)).toEqual([]);
});
