/** How much memory a process takes that streams a result and lets its rows go. */
import { cost, OURS, type Side } from '../bench/measure.ts';

/** What were kept of ten times the rows would be many times as much; the collector's own moods are up to a tenth. */
export const MAX_GROWTH = 1.25;
export const MAX_LARGE_MB = 350;
const TRIES = 3;

export interface Peaks {
  /** With Node's own settings. */
  readonly largeMb: number;
  /** How many times as much as a small result a large one takes, where the engine's space for new objects stays small. */
  readonly growth: number;
}

// That space grows with the work, to more than 100 MB within the first two million rows, and would hide what the client keeps.
const STEADY: Side = [OURS[0], '--max-semi-space-size=16', ...OURS.slice(1)];

const rowsSql = (rows: number): string => `SELECT id, CAST(id % 1000 AS INT) AS n, id * 0.5D AS x,
  concat('recipe ', id % 5000) AS name, timestamp_seconds(id) AS at FROM range(0, ${rows}, 1, 4)`;

export async function streamedPeaks(remote: string, smallRows: number, largeRows: number): Promise<Peaks> {
  const largeMb = await leastOf(OURS, remote, largeRows, MAX_LARGE_MB);
  const smallMb = await peakMb(STEADY, remote, smallRows);
  return { largeMb, growth: (await leastOf(STEADY, remote, largeRows, smallMb * MAX_GROWTH)) / smallMb };
}

/** A peak may be high by accident, where the collector of garbage came late; what a client keeps is there each time. */
async function leastOf(side: Side, remote: string, rows: number, enoughMb: number): Promise<number> {
  let leastMb = Infinity;
  for (let tries = 0; tries < TRIES && leastMb >= enoughMb; tries++)
    leastMb = Math.min(leastMb, await peakMb(side, remote, rows));
  return leastMb;
}

/** @throws Error where rows are missing */
async function peakMb(side: Side, remote: string, rows: number): Promise<number> {
  const streamed = await cost(side, remote, 'batches', rowsSql(rows), 1);
  if (streamed.rows !== rows) throw new Error(`${streamed.rows} of ${rows} rows came.`);
  return streamed.peakMb;
}
