/**
 * `npm run bench -w spark-connect`: this client beside PySpark, on one server, turn by turn. Prints ratios, since seconds
 * alone say more about the machine; ends with 1 where a bound is missed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalServer } from '../src/local-server/local-server.ts';
import { MAX_GROWTH, streamedPeaks } from '../testing/streamed-peaks.ts';
import { PYSPARK_CLIENT, pythonWith } from '../testing/python.ts';
import { type Cost, cost, OURS, type Side, theirs } from './measure.ts';

// PySpark does not fully support pandas 3.
const PACKAGES = [PYSPARK_CLIENT, 'pandas==2.3.3', 'pyarrow==26.0.1'];
const ROWS = 1_000_000;
const ROUNDS = 4;
/** In each process; the first is for the compilers. */
const REPEATS = 5;

/** A column of each kind of value that somebody has to make: long, instant, decimal, day, text. */
const mixedSql = (rows: number): string => `SELECT id, timestamp_seconds(id) AS at, CAST(id AS DECIMAL(18, 2)) AS price,
  date_add(DATE'2019-11-29', CAST(id % 3650 AS INT)) AS day, concat('recipe ', id % 5000) AS name
  FROM range(0, ${rows}, 1, 16)`;

/** Numbers, which pandas takes over as they are. */
const numbersSql = (rows: number): string => `SELECT id, CAST(id % 1000 AS INT) AS n, id * 0.5D AS x,
  concat('recipe ', id % 5000) AS name, timestamp_seconds(id) AS at FROM range(0, ${rows}, 1, 16)`;

/** Numbers and nothing else: typed arrays over the bytes that came. */
const plainSql = (rows: number): string =>
  `SELECT id, CAST(id % 1000 AS INT) AS n, id * 0.5D AS x, id + 7 AS y FROM range(0, ${rows}, 1, 16)`;

interface Comparison {
  readonly what: string;
  readonly ours: number;
  readonly peer: number;
  readonly unit: 'ms' | 'MB' | '%';
  /** How many times as fast, or at most how many times as much; undefined where it is only told. */
  readonly bound?: number;
}

type Work = readonly [side: Side, work: string, repeats: number];
type Sides = Readonly<Record<string, Work>>;
type Costs = Readonly<Record<string, Cost[]>>;

/** Sides of PySpark, by what they are called there. */
const PEERS = { toPandas: 'toPandas()', peerCollect: 'collect()' } as const;

const best = (costs: readonly Cost[] = []): number => Math.min(...costs.flatMap(({ elapsedMs }) => elapsedMs));
const quickest = (costs: readonly Cost[] = []): number => Math.min(...costs.map(({ processMs }) => processMs));

const folder = mkdtempSync(join(tmpdir(), 'spark-connect-bench-'));
try {
  const comparisons = await measured();
  for (const comparison of comparisons) console.log(told(comparison));
  process.exitCode = comparisons.every(isKept) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function measured(): Promise<Comparison[]> {
  const python = theirs(process.env['BENCH_PYTHON'] || pythonWith('pyspark-bench', PACKAGES));
  const jarsDir = process.env['SPARK_JARS'] || readFileSync('../../.cache/spark-jars', 'utf8');
  await using server = await startLocalServer({ jarsDir, logFile: join(folder, 'server.log') });
  const { remote } = server;
  const counted: Work = [OURS, 'counted', REPEATS];
  const toPandas: Work = [python, 'toPandas', REPEATS];
  const rows: Sides = { counted, batches: [OURS, 'batches', REPEATS], collect: [OURS, 'collect', REPEATS], toPandas };
  const peerCollect: Work = [python, 'collect', 1];
  const mixed = await turnByTurn({ ...rows, peerCollect }, remote, mixedSql(ROWS));
  const numbers = await turnByTurn(rows, remote, numbersSql(ROWS));
  const plain = await turnByTurn({ counted, columns: [OURS, 'columns', REPEATS], toPandas }, remote, plainSql(ROWS));
  const starting = { ours: [OURS, 'collect', 1], peer: [python, 'collect', 1] } as const;
  const starts = await turnByTurn(starting, remote, 'SELECT 1 AS one');
  const { largeMb, growth } = await streamedPeaks(remote, ROWS, 10 * ROWS);
  const unit = 'ms';
  type Peer = keyof typeof PEERS;
  const beside = (what: string, costs: Costs, ours: string, bound?: number, peer: Peer = 'toPandas'): Comparison => ({
    what: `${what}, beside ${PEERS[peer]}`,
    ours: best(costs[ours]),
    peer: best(costs[peer]),
    unit,
    ...(bound === undefined ? {} : { bound }),
  });
  return [
    beside('mixed columns: nothing decoded, the most that can be', mixed, 'counted'),
    beside('mixed columns: objects, batch by batch', mixed, 'batches', 1.4),
    beside('mixed columns: objects, all kept', mixed, 'collect', 0.8),
    beside('mixed columns: objects, all kept', mixed, 'collect', 8, 'peerCollect'),
    beside('mostly numbers: nothing decoded, the most that can be', numbers, 'counted'),
    beside('mostly numbers: objects, batch by batch', numbers, 'batches', 0.8),
    beside('mostly numbers: objects, all kept', numbers, 'collect', 0.5),
    beside('only numbers: nothing decoded, the most that can be', plain, 'counted'),
    beside('only numbers: typed arrays, batch by batch', plain, 'columns', 0.8),
    {
      what: 'SELECT 1, from the start of a process',
      ours: quickest(starts['ours']),
      peer: quickest(starts['peer']),
      unit,
      bound: 1,
    },
    { what: 'peak memory of 10,000,000 rows, beside 350 MB', ours: largeMb, peer: 350, unit: 'MB', bound: 1 },
    {
      what: 'peak memory of 10,000,000 rows, beside 1,000,000 with the space for new objects fixed',
      ours: growth * 100,
      peer: 100,
      unit: '%',
      bound: MAX_GROWTH,
    },
  ];
}

/** Whoever comes second must not always find the server warmer. */
async function turnByTurn(sides: Sides, remote: string, sql: string): Promise<Costs> {
  const costs: Record<string, Cost[]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(sides);
    for (const [name, [side, work, repeats]] of round % 2 === 0 ? order : order.toReversed())
      (costs[name] ??= []).push(await cost(side, remote, work, sql, repeats));
  }
  return costs;
}

function ratioOf({ ours, peer, unit }: Comparison): number {
  return unit === 'ms' ? peer / ours : ours / peer;
}

function isKept(comparison: Comparison): boolean {
  const { bound, unit } = comparison;
  if (bound === undefined) return true;
  return unit === 'ms' ? ratioOf(comparison) >= bound : ratioOf(comparison) <= bound;
}

function told(comparison: Comparison): string {
  const { what, ours, peer, unit, bound } = comparison;
  const mark = bound === undefined ? '      ' : isKept(comparison) ? 'ok    ' : 'MISSED';
  const asked = bound === undefined ? '' : `, ${unit === 'ms' ? 'at least' : 'at most'} ${bound}`;
  return `${mark} ${what}: ${ratioOf(comparison).toFixed(2)}${asked} (${Math.round(ours)} beside ${Math.round(peer)} ${unit})`;
}
