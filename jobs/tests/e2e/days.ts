/** The days of the end-to-end tests: three small ones with known reports, and large ones during which things break. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSender } from 'cli/produce';
import { countLines, sendDay } from 'cli/send-day';
import { freezeInputFiles, openStore, parseLogicalDate } from 'lake';
import { type Environment, loadConfig } from 'runtime';
import { writeGenerated } from '../events/generated-events.ts';
import { runScript } from './scripts.ts';

export const ARTEFACTS = join('data', 'e2e');
const SAMPLE = join('jobs', 'dataload', 'sample');
const SECOND = join(SAMPLE, '2019', '11', '29');
export const SAMPLE_DAYS = ['2019-11-28', '2019-11-29', '2019-11-30'] as const;
/** The same events each, so that their reports are equal. */
export const LARGE_DAYS = {
  markedFailed: '2019-12-02',
  killedScheduler: '2019-12-03',
  stoppedStore: '2019-12-04',
  killedSpark: '2019-12-05',
  twoRuns: '2019-12-06',
} as const;
/** A day of few events, at whose run others look closely. */
export const WATCHED_DAY = '2019-12-07';
/** A day that a cluster loads. */
export const CLUSTER_DAY = '2019-12-08';
/** A day that newly deployed images make. */
export const DEPLOYED_DAY = '2019-12-09';
/** The day for which the commands of the run-book are run. */
export const RUNBOOK_DAY = '2019-12-10';
export const LARGE_EVENTS = 5_000;
/** After all others, so that the topic stays in the order of the days. */
export const MONTH = {
  normal: '2020-01-03',
  quiet: '2020-01-04',
  empty: '2020-01-05',
  late: '2020-01-06',
  deadProducer: '2020-01-07',
  paused: '2020-01-08',
  sparkRestart: '2020-01-09',
  dryRun: '2020-01-10',
} as const;
/** The day that the morning's look finds a late record of; after the month, whose events are sent before. */
export const HEALTH_DAY = '2020-01-12';
/** A day of files, to whose landing one is added after it was loaded. */
export const LANDED_DAY = '2020-01-13';
export const NORMAL_EVENTS = 200;
const QUIET_DAYS = [MONTH.quiet, MONTH.late, MONTH.paused, MONTH.sparkRestart, MONTH.dryRun];

/** What the day's report must be, as DuckDB made it from the raw lines. */
export const expectedReport = (day: string): string => readFileSync(join(SAMPLE, 'expected', `${day}.csv`), 'utf8');

/** In the order of the days, as Kafka gets them in life. */
export async function produceDays(folder: string, variables: Environment): Promise<void> {
  const large = join(folder, 'large-day');
  await writeGenerated(large, LARGE_EVENTS);
  const normal = join(folder, 'normal-day');
  await writeGenerated(normal, NORMAL_EVENTS);
  const quiet = join(folder, 'quiet-day');
  mkdirSync(quiet);
  const twoEvents = ['one', 'two'].map((url) => JSON.stringify({ url, ingredients: 'beef', cookTime: 'PT10M' }));
  writeFileSync(join(quiet, 'two.json'), `${twoEvents.join('\n')}\n`);
  const days: readonly [string, string][] = [
    ...SAMPLE_DAYS.map((day): [string, string] => [day, join(SAMPLE, ...day.split('-'))]),
    ...Object.values(LARGE_DAYS).map((day): [string, string] => [day, large]),
    [WATCHED_DAY, SECOND],
    [CLUSTER_DAY, SECOND],
    [DEPLOYED_DAY, SECOND],
    [RUNBOOK_DAY, SECOND],
    [MONTH.normal, normal],
    ...QUIET_DAYS.map((day): [string, string] => [day, quiet]),
  ];
  await sendDays(days, variables);
}

/** All by one process: a script a day would start as often. */
async function sendDays(days: readonly [string, string][], variables: Environment): Promise<void> {
  const { signal } = new AbortController();
  const { kafka, lake } = loadConfig('local', 'configs', brokerOf(variables));
  await using sender = await openSender(kafka, {}, signal);
  for (const [day, input] of days) {
    const store = openStore(input, lake);
    const frozen = await freezeInputFiles({ store, prefix: '' }, { allowEmpty: false });
    const count = await countLines(store, frozen);
    await sendDay(sender, { date: parseLogicalDate(day), store, frozen, count, nowMs: Date.now() });
  }
}

const brokerOf = (variables: Environment) => ({ KAFKA_BROKER: `127.0.0.1:${variables['KAFKA_PORT'] ?? ''}` });

/** The day of the last night, which a deployment runs: yesterday, or the day before until its night begins. They come last. */
export async function produceLastNight(variables: Environment): Promise<void> {
  for (const ago of [2, 1]) {
    const day = new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    await produceDay(day, SECOND, variables);
  }
}

/** Sends events of a day, of which the topic may hold some already. */
export async function produceDay(day: string, input: string, variables: Environment): Promise<void> {
  await runScript('jobs/cli/src/produce/produce.ts', ['--date', day, '--input', input], brokerOf(variables));
}
