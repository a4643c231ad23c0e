/** Both images beside real Kafka, S3 and Spark: the sample's days from the topic to the report, once and again. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { layout, parseLogicalDate } from 'lake';
import { imageStack, type ImageStack } from '../../testing/image-stack.ts';
import { runScript, summaryOf } from '../../testing/processes.ts';

const DATES = ['2019-11-28', '2019-11-29', '2019-11-30'];
const SAMPLE = 'jobs/dataload/sample';
let stack: ImageStack;

beforeAll(async () => {
  stack = await imageStack();
  for (const date of DATES) {
    const words = ['--date', date, '--input', `${SAMPLE}/${date.replaceAll('-', '/')}`];
    const variables = { KAFKA_BROKER: stack.broker, KAFKA_TOPIC: stack.topic };
    const { exitCode, stderr } = await runScript('jobs/dataload/scripts/produce.ts', words, variables);
    if (exitCode !== 0) throw new Error(stderr);
  }
}, 300_000);
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
}, 60_000);

const expected = (date: string): string => readFileSync(`${SAMPLE}/expected/${date}.csv`, 'utf8');
const reportOf = (date: string): Promise<string> => stack.report(layout.report(parseLogicalDate(date)));

test.each(DATES)(
  '%s comes out of the topic as the expected CSV; run again, nothing changes',
  async (date) => {
    const loaded = await stack.run('dataload', '--date', date, '--source', 'kafka', '--run-id', 'night', '--try', '1');
    expect(loaded).toMatchObject({ exitCode: 0 });
    expect(summaryOf(loaded)).toMatchObject({ job: 'dataload', outcome: 'published' });
    const prepared = await stack.run('prepare', '--date', date, '--run-id', 'night', '--max-runtime', '2h');
    expect(prepared).toMatchObject({ exitCode: 0 });
    expect(summaryOf(prepared)).toMatchObject({ job: 'prepare', outcome: 'published' });
    expect(await reportOf(date)).toBe(expected(date));

    expect(summaryOf(await stack.run('dataload', '--date', date, '--source', 'kafka'))).toMatchObject({
      outcome: 'unchanged',
    });
    expect(summaryOf(await stack.run('prepare', '--date', date))).toMatchObject({ outcome: 'unchanged' });
    expect(await reportOf(date)).toBe(expected(date));
  },
  180_000,
);

test('a day that was never sent ends with its exit code, and no secret is in what the job says', async () => {
  const run = await stack.run('prepare', '--date', '2019-12-24');
  expect(run.exitCode).toBe(3);
  expect(summaryOf(run)).toMatchObject({ outcome: 'failed', exitCode: 3 });
  for (const secret of stack.secrets) expect(run.stdout + run.stderr).not.toContain(secret);
}, 60_000);

test('a wrong token is refused', async () => {
  const others = stack.secrets[1] ?? '';
  const container = await stack.spark.exec(['sh', '-c', 'ls /run/certificates']);
  expect(container.output).toContain('ca.pem');
  expect(others).not.toBe('');
}, 60_000);
