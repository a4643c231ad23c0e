/**
 * `npm run bench -w spark-connect`: this client beside PySpark, on one server, turn by turn. Prints ratios, since seconds
 * alone say more about the machine; ends with 1 where a bound is missed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalServer } from '../src/local-server.ts';
import { pythonWith } from '../test/oracle/python.ts';
import { type Cost, cost, OURS, type Side, theirs } from './measure.ts';

// PySpark does not fully support pandas 3.
const PACKAGES = ['pyspark-client==4.2.0', 'pandas==2.3.3', 'pyarrow==26.0.1'];
const ROUNDS = 4;
/** In each process; the first is for the compilers. */
const REPEATS = 5;

/** One column for each kind of value that has to be made: long, instant, decimal, day, text. */
const rowsSql = (rows: number): string => `SELECT id, timestamp_seconds(id) AS at, CAST(id AS DECIMAL(18, 2)) AS price,
  date_add(DATE'2019-11-29', CAST(id % 3650 AS INT)) AS day, concat('recipe ', id % 5000) AS name
  FROM range(0, ${rows}, 1, 16)`;

interface Bound {
  readonly what: string;
  readonly ours: number;
  readonly theirs: number;
  readonly unit: string;
  /** Ours is to be as many times better, or as large at most. */
  readonly bound: string;
  readonly isKept: boolean;
}

const best = (costs: readonly Cost[]): number => Math.min(...costs.flatMap(({ elapsedMs }) => elapsedMs));
const quickest = (costs: readonly Cost[]): number => Math.min(...costs.map(({ processMs }) => processMs));

const folder = mkdtempSync(join(tmpdir(), 'spark-connect-bench-'));
try {
  const bounds = await measured();
  process.exitCode = bounds.every(({ isKept }) => isKept) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function measured(): Promise<Bound[]> {
  const python = theirs(process.env['BENCH_PYTHON'] || pythonWith('pyspark-bench', PACKAGES));
  const jarsDir = process.env['SPARK_JARS'] || readFileSync('../../.cache/spark-jars', 'utf8');
  await using server = await startLocalServer({ jarsDir, logFile: join(folder, 'server.log') });
  const { remote } = server;
  const million = rowsSql(1_000_000);

  const sides: Readonly<Record<string, readonly [Side, string, number]>> = {
    batches: [OURS, 'batches', REPEATS],
    toPandas: [python, 'toPandas', REPEATS],
    collect: [OURS, 'collect', REPEATS],
    peerCollect: [python, 'collect', 1],
  };
  const rows = await turnByTurn(sides, remote, million);
  const starts = await turnByTurn(
    { ours: [OURS, 'collect', 1], peer: [python, 'collect', 1] },
    remote,
    'SELECT 1 AS one',
  );
  const small = await cost(OURS, remote, 'batches', million, 1);
  const large = await cost(OURS, remote, 'batches', rowsSql(10_000_000), 1);

  return [
    faster(
      '1,000,000 rows x 5 columns to objects, beside toPandas()',
      best(rows['batches']!),
      best(rows['toPandas']!),
      1.3,
    ),
    faster('… all of them kept, beside collect()', best(rows['collect']!), best(rows['peerCollect']!), 8),
    faster('SELECT 1, from the start of a process', quickest(starts['ours']!), quickest(starts['peer']!), 1),
    atMost('peak memory of 10,000,000 rows, beside 1,000,000', large.peakMb, small.peakMb, 1.15),
    atMost('peak memory of 10,000,000 rows, beside 350 MB', large.peakMb, 350, 1),
  ].map(told);
}

/** Whoever comes second must not always find the server warmer. */
async function turnByTurn(
  sides: Readonly<Record<string, readonly [Side, string, number]>>,
  remote: string,
  sql: string,
): Promise<Readonly<Record<string, Cost[]>>> {
  const costs: Record<string, Cost[]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(sides);
    for (const [name, [side, work, repeats]] of round % 2 === 0 ? order : order.toReversed())
      (costs[name] ??= []).push(await cost(side, remote, work, sql, repeats));
  }
  return costs;
}

function faster(what: string, ours: number, peer: number, times: number): Bound {
  return {
    what,
    ours,
    theirs: peer,
    unit: 'ms',
    bound: `at least ${times} times as fast`,
    isKept: peer / ours >= times,
  };
}

function atMost(what: string, ours: number, peer: number, times: number): Bound {
  return {
    what,
    ours,
    theirs: peer,
    unit: 'MB',
    bound: `at most ${times} times as much`,
    isKept: ours / peer <= times,
  };
}

function told(bound: Bound): Bound {
  const { what, ours, theirs: peer, unit, isKept } = bound;
  const ratio = (unit === 'ms' ? peer / ours : ours / peer).toFixed(2);
  const numbers = `${Math.round(ours)} ${unit} beside ${Math.round(peer)} ${unit}`;
  console.log(`${isKept ? 'ok    ' : 'MISSED'} ${what}: ${ratio} (${bound.bound}; ${numbers})`);
  return bound;
}
