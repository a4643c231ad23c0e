/** Kafka as an operator meets it: events produced, days back-filled, late ones told and taken in. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TEST_REMOTE } from '../../lakes/in-process.ts';
import { HOUR_MS } from '../../lakes/kafka-day.ts';
import { recordSender, type TestRecord } from '../../lakes/kafka-records.ts';
import { smallDay } from '../../events/small-day.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';
import { closedPort } from '../../servers/unreachable-servers.ts';
import { pageCommand } from '../../pages.ts';
import { type Ended, runScript } from '../../processes.ts';

const DATE = '2019-11-29';
const TOPIC = 'commands';
const LINES = 20;
const RANGE = ['--from', DATE, '--to', DATE];
const KAFKA_DAY = [...RANGE, '--source', 'kafka'];

const kafka: Broker = sharedBroker();
let folder: string;
let where: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-etl-'));
  where = ['--lake', join(folder, 'lake'), '--output', join(folder, 'output')];
});
afterAll(async () => {
  await kafka[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

let broker = kafka.broker;
const variables = () => ({ KAFKA_BROKER: broker, KAFKA_TOPIC: TOPIC, SPARK_REMOTE: TEST_REMOTE });
const lake = (...words: string[]): Promise<Ended> =>
  runScript('jobs/cli/src/lake/lake.ts', [...words, ...where], variables());

interface Status {
  readonly days: readonly {
    readonly rows: number;
    readonly landedKafka: { readonly rows: number } | null;
    readonly later: { readonly records: number; readonly isWhole: boolean } | null;
  }[];
  readonly missing: readonly { readonly kind: string; readonly command: string }[];
  readonly kafkaProblem: string | null;
}
/** A late event of the day, behind one of the next day that its partition has already. */
const late = (name: string): TestRecord[] => {
  const value = JSON.stringify({ name, url: `https://example.com/${name}`, ingredients: '1 egg' });
  return [26, 1].map((hours) => ({ partition: 1, ms: Date.parse(DATE) + hours * HOUR_MS, value }));
};
const status = async (): Promise<Status> => JSON.parse((await lake('status', '--json')).stdout) as Status;

test('a produced day is back-filled with what is late already; what comes later still is told, and taken in by the command that status proposes', async () => {
  const input = join(folder, 'input');
  await mkdir(input);
  const { name, bytes } = smallDay('produced', LINES);
  await writeFile(join(input, name), bytes);
  const place = { 'jobs/dataload/sample/2019/11/29': input };
  const produced = await runScript(...pageCommand('jobs/dataload/README.md', 'npm run produce', place), variables());
  expect(produced.exitCode).toBe(0);
  await using sender = recordSender(kafka.broker, TOPIC);
  await sender.send(late('late'));
  const [, backfill] = pageCommand('jobs/dataload/README.md', 'npm run lake -- backfill');
  expect((await lake(...backfill)).exitCode).toBe(0);
  const none = { records: 0, isWhole: true };
  expect(await status()).toMatchObject({
    days: [{ rows: LINES + 1, landedKafka: { rows: LINES + 1 }, later: none }],
    missing: [],
    kafkaProblem: null,
  });

  await sender.send(late('later'));
  const proposed = `npm run lake -- backfill ${RANGE.join(' ')} --source kafka --refetch`;
  expect(await status()).toMatchObject({
    days: [{ rows: LINES + 1, landedKafka: { rows: LINES + 1 }, later: { records: 1, isWhole: true } }],
    missing: [{ kind: 'more in Kafka', command: expect.stringContaining(proposed) }],
  });
  expect((await lake('backfill', ...KAFKA_DAY)).exitCode).toBe(0);
  expect((await status()).days[0]).toMatchObject({ landedKafka: { rows: LINES + 1 }, later: { records: 1 } });
  expect((await lake('backfill', ...KAFKA_DAY, '--refetch')).exitCode).toBe(0);
  expect(await status()).toMatchObject({ days: [{ landedKafka: { rows: LINES + 2 }, later: none }], missing: [] });
});

test('without Kafka status and pages tell all the rest, and a landed day is run again', async () => {
  await using gone = await closedPort();
  broker = gone.address;
  const ended = await lake('status');
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toMatch(/2019-11-29 +kafka\.parquet +published/);
  expect(ended.stdout).toMatch(/whether Kafka has more than what landed is not known: Kafka at .* gave no answer/);
  expect(await status()).toMatchObject({ days: [{ later: null }], kafkaProblem: expect.any(String) });
  const pages = await lake('page');
  // Once, however many pages say of a day that nobody could be asked.
  expect([pages.exitCode, pages.stderr.match(/^warn: .*Kafka at/gm)?.length]).toEqual([0, 1]);
  expect((await lake('backfill', ...KAFKA_DAY)).exitCode).toBe(0);
});
