/**
 * `npm run benchmark`: both jobs on a warm embedded server, beside the plainest Spark job that reads and writes the same files
 * in the same run. Prints ratios; seconds alone say more about the machine than about the jobs.
 */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textTable } from 'cli/table';
import { dataload } from 'dataload';
import { openStore } from 'lake';
import { prepare } from 'prepare';
import { connectOptions, executeJob, loadConfig, openLog, parseArguments, type Summary } from 'runtime';
import { SparkSession } from 'spark-connect';
import { startLocalServer } from 'spark-connect/server';

const SIZES = [500, 100_000];
const ROUNDS = 3;
const FIELDS = [
  'name',
  'ingredients',
  'url',
  'image',
  'cookTime',
  'recipeYield',
  'datePublished',
  'prepTime',
  'description',
];

const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-benchmark-'));
try {
  process.stdout.write(textTable(await measured()));
} finally {
  rmSync(folder, { recursive: true });
}

async function measured(): Promise<(string | number)[][]> {
  const jarsDir = readFileSync('.cache/spark-jars', 'utf8');
  await using server = await startLocalServer({ jarsDir, logFile: join(folder, 'spark.log') });
  const variables = { SPARK_REMOTE: server.remote, RECIPE_ETL_LAKE: join(folder, 'lake'), RECIPE_ETL_OUTPUT: folder };
  const config = loadConfig('local', 'configs', variables);
  const { signal } = new AbortController();
  const options = connectOptions({ config, job: 'dataload', signal, progress: () => undefined });
  await using spark = await SparkSession.connect(options);
  const log = openLog({ ...config.logging, level: 'warn' });
  const args = parseArguments(['--date', '2019-11-29'], {});
  const rows: (string | number)[][] = [['events', 'job', 'seconds', 'times the plain job']];
  for (const events of SIZES) {
    const input = join(folder, `input-${events}`);
    await writeEvents(input, events);
    const execution = { args, config, log, signal, input: openStore(input, config.lake) };
    const works = {
      'plain read and write': () => plainJob(spark, join(input, 'events.json')),
      // A new day each time, so that each round publishes.
      dataload: async () => {
        await rm(config.lake.uri, { recursive: true, force: true });
        return succeeded(await executeJob('dataload', (run) => dataload(run, spark), execution));
      },
      prepare: async () => succeeded(await executeJob('prepare', (run) => prepare(run, spark), execution)),
    };
    const best = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, work] of Object.entries(works))
        best.set(name, Math.min(best.get(name) ?? Infinity, await seconds(work)));
    }
    const peer = best.get('plain read and write')!;
    for (const [name, time] of best) rows.push([events, name, time.toFixed(1), (time / peer).toFixed(1)]);
  }
  return rows;
}

/** JSON by Spark's own reader into one sorted Parquet object: nothing is judged, nothing is typed. */
async function plainJob(spark: SparkSession, file: string): Promise<void> {
  const events = spark.read.schema(FIELDS.map((field) => `${field} STRING`).join(', ')).json([file]);
  const output = join(folder, 'plain');
  await events.repartition(1).sortWithinPartitions('url').write.mode('overwrite').parquet(output);
}

async function writeEvents(input: string, events: number): Promise<void> {
  await mkdir(input);
  const stream = createWriteStream(join(input, 'events.json'));
  for (let index = 0; index < events; index++) {
    const ingredients = Array.from({ length: 10 }, (_, line) => `${line} cups &frac12; of ingredient ${line}`).join(
      '\n',
    );
    const event = {
      name: `Beef &amp; onions no. ${index}`,
      ingredients: `${ingredients}\n1 lb beef`,
      url: `https://a.example/${(index * 7919) % events}`,
      image: `https://a.example/${index}.jpg`,
      cookTime: `PT${index % 90}M`,
      recipeYield: '4',
      datePublished: '2019-11-29',
      prepTime: 'PT10M',
      description: 'A description of a hundred and fifty characters or so. '.repeat(3),
    };
    if (!stream.write(`${JSON.stringify(event)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

function succeeded(summary: Summary): void {
  if (summary.exitCode !== 0) throw new Error(JSON.stringify(summary));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
