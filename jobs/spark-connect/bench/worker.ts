/** One kind of work in a process of its own, as `peer.py` does it with PySpark: prints what it cost as one line of JSON. */
import { SparkSession } from '../src/index.ts';
import { ownPeakMb } from '../testing/peak-memory.ts';

const [remote = '', work = '', sql = '', repeats = '1'] = process.argv.slice(2);

/** Each gives the number of what it saw: rows, or batches. */
const works: Readonly<Record<string, (spark: SparkSession) => Promise<number>>> = {
  collect: async (spark) => (await spark.sql(sql).collect()).length,
  // What the server and the way take, whatever is made of the bytes then.
  counted: async (spark) => {
    let batches = 0;
    for await (const _ of spark.sql(sql).arrowBatches()) batches += 1;
    return batches;
  },
  columns: async (spark) => {
    let rows = 0;
    for await (const batch of spark.sql(sql).columnBatches()) {
      for (const name of batch.names) batch.column(name);
      rows += batch.rowCount;
    }
    return rows;
  },
  batches: async (spark) => {
    let rows = 0;
    for await (const batch of spark.sql(sql).batches()) rows += batch.length;
    return rows;
  },
};

const run = works[work];
if (run === undefined) throw new Error(`"${work}" is no work: ${Object.keys(works).join(', ')}.`);
await using spark = await SparkSession.connect({ remote });
const elapsedMs: number[] = [];
let rows = 0;
for (let repeat = 0; repeat < Number(repeats); repeat++) {
  const startMs = performance.now();
  rows = await run(spark);
  elapsedMs.push(performance.now() - startMs);
}
process.stdout.write(`${JSON.stringify({ rows, elapsedMs, peakMb: ownPeakMb() })}\n`);
