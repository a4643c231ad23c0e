import { describe, expect, test } from '@jest/globals';
import { LakeError } from 'lake';
import { localStore, temporaryFolder } from 'lake/testing';
import { parseArguments } from './arguments.ts';
import { configsWith } from '../testing/configs.ts';
import { loadConfig } from './config/config.ts';
import type { Config } from './config/schema.ts';
import { connectOptions } from './spark/connect-options.ts';
import { runManifest } from './run-manifest.ts';
import type { Log } from './log.ts';
import { executeJob, type Execution, type Job, type Run, type Summary } from './run.ts';
import { Timings } from './timings.ts';

const TOKEN = 'c0ffee-secret';
const DONE: Job = async () => ({ outcome: 'published', rows: 3 });

const SPARK = `remote: sc://h/;token=${TOKEN}\nconnect_timeout_seconds: 1\nretry_budget_seconds: 2\nconf: { a: b }\n`;
const configIn = (folder: string): Config =>
  loadConfig(
    'local',
    configsWith({ aws_config: `lake: ${folder}/lake\noutput: ${folder}/output\n`, spark_config: SPARK }),
    {},
  );

function setting(words: readonly string[] = [], more: Partial<Execution> = {}) {
  const lines: string[] = [];
  const say = ((text: string) => lines.push(text)) as unknown as Log['info'];
  const execution: Execution = {
    args: parseArguments(['--date', '2019-11-29', ...words], {}),
    config: configIn(temporaryFolder()),
    log: { error: say, warn: say, info: say, debug: say },
    signal: new AbortController().signal,
    ...more,
  };
  return { execution, lines };
}
const execute = (job: Job, words: readonly string[] = [], more: Partial<Execution> = {}): Promise<Summary> =>
  executeJob('dataload', job, setting(words, more).execution);

describe('a run', () => {
  test('ends with what the job says, under its name, day and id', async () => {
    expect(await execute(DONE, ['--run-id', 'mine', '--try', '2'])).toStrictEqual({
      job: 'dataload',
      logicalDate: '2019-11-29',
      runId: 'mine.try002',
      outcome: 'published',
      exitCode: 0,
      rows: 3,
    });
  });

  test("is given the day's landing of the lake, or the folder named by hand", async () => {
    const landings: Run['landing'][] = [];
    const job: Job = async (run) => {
      landings.push(run.landing);
      return { outcome: 'unchanged' };
    };
    const input = localStore(temporaryFolder());
    await execute(job);
    await execute(job, [], { input });
    expect(landings.map(({ prefix }) => prefix)).toStrictEqual(['events/recipe_changes/2019/11/29', '']);
    expect(landings[1]?.store).toBe(input);
  });

  test('tells its identity before the job begins', async () => {
    const told: unknown[] = [];
    await execute(
      async () => {
        told.push('job');
        return { outcome: 'unchanged' };
      },
      ['--run-id', 'mine'],
      { onIdentity: (identity) => told.push(identity) },
    );
    expect(told).toStrictEqual([{ job: 'dataload', logicalDate: '2019-11-29', runId: 'mine.try001' }, 'job']);
  });

  test('of a day that has not ended is refused, or accepted where that is asked for', async () => {
    const now = (): Date => new Date('2019-11-29T23:59:59Z');
    expect(await execute(DONE, [], { now })).toMatchObject({ exitCode: 3, code: 'day-not-over' });
    expect(await execute(DONE, ['--allow-incomplete'], { now })).toMatchObject({ exitCode: 0 });
  });

  test('tells its progress', async () => {
    const told: unknown[] = [];
    const query = { operationId: 'a', stages: [], isOver: false };
    const job: Job = async (run) => {
      run.progress('half way', { rows: 7 });
      run.query(query);
      return { outcome: 'unchanged' };
    };
    const onProgress = (...words: unknown[]) => told.push(words);
    await execute(job, [], { onProgress, onQuery: (of) => told.push(of) });
    expect(told).toStrictEqual([['half way', { rows: 7 }], query]);
  });
});

describe('a run that fails', () => {
  test.each<[string, unknown, object]>([
    [
      'by a LakeError keeps its code',
      new LakeError('quality', 'bad'),
      { exitCode: 4, code: 'quality', retryHelps: 'no', message: 'bad' },
    ],
    ['by anything else is unexpected', new Error('boom'), { exitCode: 1, code: 'unexpected', message: 'boom' }],
    ['by no error at all too', 'boom', { exitCode: 1, message: 'boom' }],
  ])('%s', async (_, thrown, expected) => {
    expect(await execute(() => Promise.reject(thrown))).toMatchObject({ outcome: 'failed', ...expected });
  });

  test('shows no token in its summary or its log', async () => {
    const { execution, lines } = setting();
    const summary = await executeJob(
      'dataload',
      () => Promise.reject(new Error(`no way to sc://h/;token=${TOKEN}`)),
      execution,
    );
    expect(summary['message']).toBe('no way to sc://h/;token=***');
    expect(lines.join('\n')).toContain('no way to sc://h/;token=***');
    expect(lines.join('\n')).not.toContain(TOKEN);
  });

  test('after it was told to end fails for that reason', async () => {
    const controller = new AbortController();
    const job: Job = () => {
      controller.abort(new LakeError('stopped', 'told to'));
      return Promise.reject(new Error('the connection was closed'));
    };
    expect(await execute(job, [], { signal: controller.signal })).toMatchObject({ exitCode: 143, message: 'told to' });
  });

  test.each([
    ['a pattern in its path', '/tmp/a[1]', 'usage'],
    ['a scheme that is not known', 'gs://bucket', 'usage'],
    ['no way to write', '/proc/lake', 'config'],
  ])('because its lake has %s ends with 2', async (_, uri, code) => {
    const config = configIn(temporaryFolder());
    const lost = { ...config, lake: { ...config.lake, uri } };
    expect(await execute(DONE, [], { config: lost })).toMatchObject({ exitCode: 2, code });
  });

  test('prepare needs an output that can be written', async () => {
    const config = configIn(temporaryFolder());
    const lost = { ...config, lake: { ...config.lake, output: '/proc/output' } };
    expect(await execute(DONE, [], { config: lost })).toMatchObject({ exitCode: 0 });
    const { execution } = setting([], { config: lost });
    expect(await executeJob('prepare', DONE, execution)).toMatchObject({ exitCode: 2, code: 'config' });
  });
});

test('a run becomes its manifest before the publish, and the options of a Spark client', async () => {
  const seen: unknown[] = [];
  await execute(
    async (run) => {
      const record = {
        input: { source: 'files' },
        inputFingerprint: 'i',
        rules: {},
        counts: { read: 1 },
        findings: [],
      };
      seen.push(runManifest(run, { ...record, timings: new Timings(run.startedAt) }));
      seen.push(connectOptions(run));
      return { outcome: 'unchanged' };
    },
    ['--run-id', 'mine'],
    { variables: { RECIPE_ETL_VERSION: '1.2', RECIPE_ETL_COMMIT: '' } },
  );
  expect(seen).toStrictEqual([
    expect.objectContaining({
      runId: 'mine.try001',
      image: { version: '1.2', commit: 'unknown' },
      counts: { read: 1 },
    }),
    expect.objectContaining({ userAgent: 'recipe-etl-dataload', connectTimeoutMs: 1_000, retryBudgetMs: 2_000 }),
  ]);
});
