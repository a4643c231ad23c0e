/**
 * `npm run benchmark [-- SIZE…] [--write]`: both jobs on a warm embedded server, beside DuckDB with two threads and beside a
 * straightforward PySpark job on the same server, in the same run. The results are compared first. Ratios of medians are what counts:
 * seconds alone say more about the machine. `--write` puts the table into jobs/BENCHMARKS.md.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { textTable } from 'cli/table';
import { startLocalServer } from 'spark-connect/server';
import { peakKb } from 'spark-connect/testing/peak-memory';
import { ourDay } from './our-day.ts';
import { duckDb, median, pySpark, type Seconds } from './peers.ts';
import { assertSame } from './results.ts';
import { writeIntoPage } from './page.ts';
import { inputOf, type Workload, WORKLOADS } from './workloads.ts';

const JOBS = ['dataload', 'prepare'] as const;
const HEADER = ['day', 'job', 'ours s', 'DuckDB s', 'PySpark s', 'ours / DuckDB', 'PySpark / ours'];
const DEFAULT = ['500', '100k', '500k', '20k', '20k-files'];

const words = process.argv.slice(2);
const names = words.filter((word) => word !== '--write');
const unknown = names.find((name) => !WORKLOADS.some((workload) => workload.name === name));
if (unknown !== undefined) {
  process.stderr.write(`${unknown} is no size: ${WORKLOADS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}
const chosen = WORKLOADS.filter(({ name }) => (names.length > 0 ? names : DEFAULT).includes(name));
const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-benchmark-'));
try {
  const text = await measured(chosen);
  if (words.includes('--write')) writeIntoPage(text);
} finally {
  rmSync(folder, { recursive: true });
}

async function measured(workloads: readonly Workload[]): Promise<string> {
  const jarsDir = readFileSync('.cache/spark-jars', 'utf8');
  await using server = await startLocalServer({ jarsDir, logFile: join(folder, 'spark.log') });
  const rows: string[][] = [HEADER];
  const notes: string[] = [];
  // The first days compile Spark itself.
  const [smallest] = WORKLOADS;
  await ourDay(server.remote, await inputOf(smallest!, folder), join(folder, 'warm-up'), 5);
  for (const workload of workloads) {
    const input = await inputOf(workload, folder);
    const ours = await ourDay(server.remote, input, join(folder, 'ours'), workload.rounds);
    const memory = Math.round(Number(peakKb(server.pid)) / 1024);
    const duck = join(folder, 'duckdb');
    const byDuckDb = await duckDb(input, duck, workload.rounds);
    const duckDbResults = {
      name: 'DuckDB',
      table: join(duck, 'table.parquet'),
      quarantine: join(duck, 'quarantine.json'),
      report: join(duck, 'report.csv'),
    };
    const py = join(folder, 'pyspark');
    const byPySpark = workload.pysparkRounds > 0 ? await pySpark(server.remote, input, py, workload.pysparkRounds) : [];
    const pySparkResults = {
      name: 'PySpark',
      table: join(py, 'table', '*.parquet'),
      quarantine: join(py, 'quarantine', '*.json'),
      report: join(py, 'report', '*.csv'),
    };
    await assertSame(ours, [duckDbResults, ...(byPySpark.length > 0 ? [pySparkResults] : [])]);
    rows.push(...JOBS.map((job) => row(workload, job, ours.seconds, byDuckDb, byPySpark)));
    const stages = Object.entries(ours.stages).filter(([, value]) => typeof value === 'number');
    notes.push(
      `${workload.name}: ${bytes(ours.table)} MB of Parquet (DuckDB ${bytes(duckDbResults.table)}); ` +
        `peak memory of Spark until then ${memory} MB; ` +
        `dataload by stage: ${stages.map(([name, ms]) => `${name.replace(/Ms$/, '')} ${ms} ms`).join(', ')}`,
    );
    process.stdout.write(`${textTable([HEADER, ...rows.slice(-JOBS.length)], '')}\n${notes.at(-1)}\n`);
  }
  const smallFiles = ratioOfSmallFiles(rows);
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? ''}, Node ${process.versions.node}`;
  return [machine, textTable(rows, ''), ...notes, ...smallFiles].join('\n');
}

function row(
  { name }: Workload,
  job: keyof Seconds,
  ours: readonly Seconds[],
  byDuckDb: readonly Seconds[],
  byPySpark: readonly Seconds[],
): string[] {
  const [our, duck, py] = [ours, byDuckDb, byPySpark].map((rounds) => median(rounds.map((round) => round[job])));
  const known = byPySpark.length > 0;
  return [
    name,
    job,
    our!.toFixed(2),
    duck!.toFixed(2),
    known ? py!.toFixed(2) : '-',
    (our! / duck!).toFixed(1),
    known ? (py! / our!).toFixed(1) : '-',
  ];
}

/** 20,000 files of one line beside as many lines in one file. */
function ratioOfSmallFiles(rows: readonly string[][]): string[] {
  const of = (name: string): number => Number(rows.find(([day, job]) => day === name && job === 'dataload')?.[2]);
  const ratio = of('20k-files') / of('20k');
  return Number.isNaN(ratio) ? [] : [`20,000 files of one line: ${ratio.toFixed(1)} times one file`];
}

function bytes(file: string): string {
  return (statSync(file).size / 1e6).toFixed(1);
}
