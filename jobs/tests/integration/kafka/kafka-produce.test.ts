import { afterAll, expect, test } from '@jest/globals';
import { ConfigResourceTypes, Consumer, MessagesStreamModes } from '@platformatic/kafka';
import { temporaryFolder, writeFileIn } from 'lake/testing';
import { DATE, FROM_MS, UNTIL_MS } from '../../lakes/kafka-topics.ts';
import { type Broker, sharedBroker } from '../../servers/broker.ts';
import { closedPort } from '../../servers/unreachable-servers.ts';
import { runScript, startScript, type Variables } from '../../processes.ts';

const SCRIPT = 'jobs/cli/src/produce/produce.ts';

const kafka: Broker = sharedBroker();
afterAll(async () => {
  await kafka[Symbol.asyncDispose]();
});

const variables = (topic: string): Variables => ({ KAFKA_BROKER: kafka.broker, KAFKA_TOPIC: topic });
const day = (input: string, ...words: string[]) => ['--date', DATE, '--input', input, ...words];

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileIn(folder, name, content);
  return folder;
}

const numbered = (count: number, text = ''): string =>
  Array.from({ length: count }, (_, index) => `${index}${text}\n`).join('');

/** The first records of a topic, as many as are wanted, in the order of their times. */
async function recordsOf(topic: string, count: number) {
  const options = { groupId: `reader-${topic}`, clientId: 'tests', bootstrapBrokers: [kafka.broker] };
  const consumer = new Consumer(options);
  try {
    const stream = await consumer.consume({ topics: [topic], mode: MessagesStreamModes.EARLIEST, autocommit: false });
    const records: { ms: number; partition: number; value: string }[] = [];
    for await (const { timestamp, partition, value } of stream) {
      records.push({ ms: Number(timestamp), partition, value: value.toString() });
      if (records.length === count) break;
    }
    return records.toSorted((a, b) => a.ms - b.ms);
  } finally {
    await consumer.close(true);
  }
}

/** By partition. */
async function endsOf(topic: string, partitions: number): Promise<number[]> {
  const wanted = Array.from({ length: partitions }, (_, partitionIndex) => ({ partitionIndex, timestamp: -1n }));
  const [listed] = await kafka.admin.listOffsets({ topics: [{ name: topic, partitions: wanted }] });
  return (listed?.partitions ?? []).map(({ offset }) => Number(offset));
}

test('a topic is made, and every line is sent once, in order, at a time of its own within the day', async () => {
  const input = folderOf({ 'b.jsonl': numbered(3_000, 'b'), 'a.json': `${numbered(2_000, 'a')}\nlast` });
  const ended = await runScript(SCRIPT, day(input), variables('made'));
  expect(ended).toMatchObject({
    exitCode: 0,
    stdout: `sent 5002 events of 2 files to topic made as those of ${DATE}\n`,
  });
  expect(ended.stderr).toMatch(/^made topic made with 4 partitions at 127\.0\.0\.1/);
  const ends = await endsOf('made', 4);
  expect(ends.reduce((sum, end) => sum + end, 0)).toBe(5_002);
  const records = await recordsOf('made', 5_002);
  const lines = [...numbered(2_000, 'a').split('\n'), 'last', ...numbered(3_000, 'b').trimEnd().split('\n')];
  expect(records.map(({ value }) => value)).toStrictEqual(lines);
  expect(new Set(records.map(({ ms }) => ms)).size).toBe(5_002);
  expect(records[0]?.ms).toBe(FROM_MS);
  expect(records.at(-1)?.ms).toBeLessThan(UNTIL_MS);
  const resource = {
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName: 'made',
    configurationKeys: ['retention.ms'],
  };
  const [description] = await kafka.admin.describeConfigs({ resources: [resource] });
  expect(description?.configs[0]?.value).toBe('-1');
});

test('a topic whose retention would drop the day is refused, and stays empty', async () => {
  await kafka.createTopic('weekly', 1, { 'retention.ms': '604800000' });
  const ended = await runScript(SCRIPT, day(folderOf({ 'a.json': '{}\n' })), variables('weekly'));
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toMatch(/topic weekly keeps no events from before .*retention\.ms is 7 days/);
  expect(await endsOf('weekly', 1)).toStrictEqual([0]);
});

test('--rate paces the events and progress is shown', async () => {
  const ended = await runScript(
    SCRIPT,
    day(folderOf({ 'a.json': numbered(300) }), '--rate', '100'),
    variables('paced'),
  );
  expect(ended.exitCode).toBe(0);
  expect(ended.elapsedMs).toBeGreaterThan(2_900);
  expect(ended.stderr).toMatch(/sent \d+ of 300 \(\d+ %\)/);
});

test('stopped half-way it ends at once', async () => {
  await using script = startScript(
    SCRIPT,
    day(folderOf({ 'a.json': numbered(3_000) }), '--rate', '20'),
    variables('half'),
  );
  while (!script.said().includes('sent ')) await new Promise((resolve) => setTimeout(resolve, 50));
  script.kill('SIGTERM');
  expect(await script.ended).toMatchObject({ exitCode: 143, stderr: expect.stringContaining('stopped by SIGTERM') });
});

test('a line that is too large is named', async () => {
  const input = folderOf({ 'a.json': `{}\n${'x'.repeat(1_100_000)}\n` });
  const ended = await runScript(SCRIPT, day(input), variables('large'));
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toMatch(/line 2 of a\.json has 1100000 bytes, more than topic large takes/);
});

test('no broker, no files and no lines are told', async () => {
  await using dead = await closedPort();
  const nowhere = { KAFKA_BROKER: dead.address };
  const [none, empty, unset] = [
    folderOf({ 'notes.txt': 'x' }),
    folderOf({ 'a.json': '' }),
    folderOf({ 'a.json': '{}' }),
  ];
  expect((await runScript(SCRIPT, day(none), nowhere)).stderr).toMatch(/no input in/);
  expect((await runScript(SCRIPT, day(empty), nowhere)).stderr).toMatch(/hold no line/);
  const without = await runScript(SCRIPT, day(unset));
  expect(without).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/no brokers in kafka_config\.yml/) });
});
