/** A process of its own whose server dies in the middle of its work: tells what each call came to, and goes on anew. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SparkError, SparkSession } from '../src/index.ts';
import { quietQuery, readNumbers } from './numbers.ts';

const [remote = ''] = process.argv.slice(2);
const MAX_ROWS = 5_000_000;

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (error: unknown) => (error instanceof SparkError ? error.code : String(error)),
  );
}

const old = await SparkSession.connect({ remote });
let batches = 0;
const streaming = outcomeOf(
  readNumbers(old, MAX_ROWS, {
    partitions: 100,
    // So slow that the server is gone long before the end.
    afterBatch: async () => {
      batches += 1;
      if (batches === 3) process.stdout.write('reading\n');
      await sleep(100);
    },
  }),
);
const quiet = outcomeOf(quietQuery(old, 60_000).collect());
const during = { streaming: await streaming, quiet: await quiet };
const after = {
  conf: await outcomeOf(old.conf.get('spark.sql.session.timeZone')),
  schema: await outcomeOf(old.range(0, 1).schema()),
  query: await outcomeOf(old.range(0, 1).count()),
  release: await outcomeOf(old.release()),
};
const next = await SparkSession.connect({ remote });
const anew = await outcomeOf(readNumbers(next, 50_000));
await next.release();
process.stdout.write(`${JSON.stringify({ ...during, ...after, anew })}\n`);
