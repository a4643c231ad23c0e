/** Both images beside real Kafka, S3 and Spark: the sample's days from the topic to the report, once and again. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { layout } from '../lakes/layout.ts';
import { imageStack, type ImageStack } from './image-stack.ts';
import { runScript, summaryOf } from '../processes.ts';

const DATES = ['2019-11-28', '2019-11-29', '2019-11-30'];
const DAY = '2019-11-29';
const RUN_MS = 600_000;
const SAMPLE = 'jobs/dataload/sample';
let stack: ImageStack;

beforeAll(async () => {
  stack = await imageStack();
  for (const date of DATES) {
    const words = ['--date', date, '--input', `${SAMPLE}/${date.replaceAll('-', '/')}`];
    const variables = { KAFKA_BROKER: stack.broker, KAFKA_TOPIC: stack.topic };
    const { exitCode, stderr } = await runScript('jobs/cli/src/produce/produce.ts', words, variables);
    if (exitCode !== 0) throw new Error(stderr);
  }
}, RUN_MS);
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
}, RUN_MS);

const expected = (date: string): string => readFileSync(`${SAMPLE}/expected/${date}.csv`, 'utf8');
const reportOf = (date: string): Promise<string> =>
  stack.report(layout.report('beef_cooking_time', parseLogicalDate(date)));

const load = (date: string, ...words: string[]) =>
  stack.run('dataload', ['--date', date, '--source', 'kafka', ...words]);
const prepare = (date: string, ...words: string[]) => stack.run('prepare', ['--date', date, ...words]);

// No time-out here is near what a run takes: the machine may have other things to do.
test.each(DATES)(
  '%s comes out of the topic as the expected CSV',
  async (date) => {
    const loaded = await load(date, '--run-id', `night-${date}`, '--try', '1', '--max-runtime', '2h');
    expect(loaded).toMatchObject({ exitCode: 0 });
    expect(summaryOf(loaded)).toMatchObject({ job: 'dataload', outcome: 'published' });
    const prepared = await prepare(date, '--run-id', `night-${date}`, '--try', '1', '--max-runtime', '2h');
    expect(prepared).toMatchObject({ exitCode: 0 });
    expect(summaryOf(prepared)).toMatchObject({ job: 'prepare', outcome: 'published' });
    expect(await reportOf(date)).toBe(expected(date));
  },
  RUN_MS,
);

test(
  'a day that runs again is unchanged, and so is its report',
  async () => {
    expect(summaryOf(await load(DAY))).toMatchObject({ outcome: 'unchanged' });
    expect(summaryOf(await prepare(DAY))).toMatchObject({ outcome: 'unchanged' });
    expect(await reportOf(DAY)).toBe(expected(DAY));
  },
  RUN_MS,
);

test(
  'a day that was never loaded ends with its exit code, and no secret is in what the job says',
  async () => {
    const run = await prepare('2019-12-24');
    expect(run.exitCode).toBe(3);
    expect(summaryOf(run)).toMatchObject({ outcome: 'failed', exitCode: 3 });
    for (const secret of stack.secrets) expect(run.stdout + run.stderr).not.toContain(secret);
  },
  RUN_MS,
);

test(
  'a wrong token is refused, and is not shown',
  async () => {
    const remote = 'sc://spark-connect:15002/;use_ssl=true;token=of-somebody-else';
    const run = await stack.run('prepare', ['--date', DAY], { SPARK_REMOTE: remote });
    expect(summaryOf(run)).toMatchObject({ outcome: 'failed', message: expect.stringMatching(/token/) });
    expect(run.stdout + run.stderr).not.toContain('of-somebody-else');
  },
  RUN_MS,
);
