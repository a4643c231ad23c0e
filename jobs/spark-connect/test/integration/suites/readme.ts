import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Live } from './live.ts';

const PACKAGE = resolve(import.meta.dirname, '../../..');
const ROOT = resolve(PACKAGE, '../..');
const BLOCK = /(<!-- example: compiled only -->\s+)?^```ts\n(.*?)^```$/gms;

interface Example {
  readonly code: string;
  readonly isRun: boolean;
  /** Page and line. */
  readonly place: string;
}

/** Every block of TypeScript of a page, without its imports: the prelude has them all. */
function examplesOf(page: string): Example[] {
  const text = readFileSync(join(PACKAGE, page), 'utf8');
  return Array.from(text.matchAll(BLOCK), (match) => {
    const [whole, mark, code = ''] = match;
    const end = text.slice(0, match.index + whole.length).split('\n').length;
    return {
      code: code.replaceAll(/^import .*\n/gm, ''),
      isRun: mark === undefined,
      place: `${page}:${end - code.split('\n').length}`,
    };
  });
}

/** What the examples take for granted. */
const PRELUDE = `import { functions as F, logProgress, Observation, planToJson, type Progress, type Row, SparkError } from 'spark-connect';
import { SparkSession, terminalProgress, Window } from 'spark-connect';
import { startLocalServer } from 'spark-connect/server';
import { planSession } from 'spark-connect/testing';
void [F, logProgress, Observation, planToJson, SparkError, terminalProgress, Window, startLocalServer, planSession];
const signal: AbortSignal = new AbortController().signal;
const enough = async (rows: readonly Row[]): Promise<boolean> => rows.length > 0;
await using spark = await SparkSession.connect({ remote: 'sc://127.0.0.1:15002' });
const frame = spark.createDataFrame([{ url: 'a', at: new Date(), year: 2019 }], 'url STRING, at TIMESTAMP, year INT');
void [signal, enough, frame];
`;
const TIDY =
  "for (const name of ['t', 'events', 'years', 'made']) await spark.execute('DROP TABLE IF EXISTS ' + name);\n";

export function readmeSuite({ remote, path }: Live): void {
  let folder: string;
  const pages = globSync(['README.md', '{src/*,bench}/README.md'], { cwd: PACKAGE }).toSorted();
  const found = pages.flatMap(examplesOf);
  const node = (...args: readonly string[]) =>
    spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } });

  /** @returns the path of a program of these examples, each in a scope of its own */
  function program(name: string, chosen: readonly Example[]): string {
    const parts = chosen.map(({ code, place }) => `console.error('${place}');\n{\n${code}}\n`);
    const file = join(folder, name);
    writeFileSync(file, [PRELUDE, TIDY, ...parts, TIDY].join(''));
    return file;
  }

  beforeAll(() => {
    // Inside the repository, where the package is found by its name.
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.cache', 'readme-'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has examples that compile', () => {
    expect(found.length).toBeGreaterThanOrEqual(18);
    program('all.ts', found);
    const options = { extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
    const { status, stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('has examples that run', () => {
    const events = path('readme-events.json');
    writeFileSync(events, JSON.stringify({ url: 'a', at: '2020-01-01T00:00:00Z', tags: [] }));
    const file = program(
      'run.ts',
      found.filter(({ isRun }) => isRun),
    );
    const real: Readonly<Record<string, string>> = {
      'sc://127.0.0.1:15002': remote(),
      '/data/events': events,
      '/lake/events': path('readme-lake'),
    };
    const text = readFileSync(file, 'utf8').replaceAll(
      /sc:\/\/127\.0\.0\.1:15002|\/(data|lake)\/events/g,
      (name) => real[name] ?? name,
    );
    writeFileSync(file, text);
    const { status, stderr } = node('--disable-warning=ExperimentalWarning', file);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^([\w/-]*README\.md:\d+\n)+$/) });
  });
}
