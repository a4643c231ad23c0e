/** A process of its own: runs queries beside each other until its input ends, and reports what became of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { grpcTransport } from '../src/protocol/grpc-transport.ts';
import { SparkError } from '../src/index.ts';
import type { SparkSession } from '../src/api/session.ts';
import type { ChaosReport } from './chaos.ts';
import { linkSession } from './link-session.ts';
import { quietQuery, readNumbers } from './numbers.ts';

const [remote = ''] = process.argv.slice(2);
const ROWS = 40_000;
const BUDGET_MS = 4_000;

const work: readonly ((spark: SparkSession) => Promise<boolean>)[] = [
  async (spark) => (await readNumbers(spark, ROWS)) === ROWS,
  async (spark) => (await spark.range(0, ROWS, 1, 4).count()) === BigInt(ROWS),
  async (spark) => (await quietQuery(spark, 300).collect()).length === 1,
  async (spark) => (await spark.conf.get('spark.sql.session.timeZone')) !== '',
  async (spark) => {
    // Leaving early also interrupts and releases in the background.
    for await (const batch of spark.range(0, 1_000_000, 1, 20).batches()) return batch.length > 0;
    return false;
  },
];

const over = new AbortController();
process.stdin.on('end', () => over.abort()).resume();
const isOver = (): boolean => over.signal.aborted;
const report: ChaosReport = { exact: 0, failed: {}, wrong: [] };

async function run(spark: SparkSession, action: (spark: SparkSession) => Promise<boolean>): Promise<void> {
  try {
    if (await action(spark)) report.exact += 1;
    else report.wrong.push('a result is not what it must be');
  } catch (error) {
    if (error instanceof SparkError) report.failed[error.code] = (report.failed[error.code] ?? 0) + 1;
    if (!(error instanceof SparkError) || !['unreachable', 'session-lost'].includes(error.code))
      report.wrong.push(String(error));
    await sleep(50);
  }
}

const link = await linkSession({
  remote,
  transport: (address) =>
    grpcTransport(address, undefined, { keepAliveMs: 500, keepAliveTimeoutMs: 500, linkMs: 1_000 }),
  conf: { 'spark.connect.progress.reportInterval': '200ms' },
  retryPolicy: { maxWaitMs: 300, budgetMs: BUDGET_MS },
});
process.stdout.write('ready\n');
await Promise.all(
  work.map(async (action) => {
    while (!isOver()) await run(link.session, action);
  }),
);
await link.session.release();
process.stdout.write(`${JSON.stringify(report)}\n`);
