/** Moments of a run of dataload, told by the files of the lake, and signals sent exactly then. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { parseLogicalDate } from 'lake';
import { layout } from './layout.ts';
import { DATE, type ProcessLake } from './process-lake.ts';
import type { Started } from '../processes.ts';

const DAY = parseLogicalDate(DATE);
/** So long at a time nothing else happens in this process: what is watched for may be over in a millisecond. */
const WATCH_MS = 20;

/** True once the moment is there. Cheap: it is asked thousands of times a second. */
export type Moment = (run: Started) => boolean;

/** Made just before the run starts, since killed runs leave their files behind. */
export function momentsOf({ lake, data }: Pick<ProcessLake, 'lake' | 'data'>) {
  const stagingRoot = join(lake, '_staging/recipes', DATE);
  const newIn = (folder: string, ending: string): (() => string | undefined) => {
    const known = new Set(namesIn(folder));
    return () => namesIn(folder).find((name) => name.endsWith(ending) && !known.has(name));
  };
  const staging = newIn(stagingRoot, '');
  const quarantine = newIn(join(lake, layout.quarantine(DAY, 'x'), '..'), '.json');
  const manifest = newIn(join(lake, layout.runManifests('dataload', DAY)), '.json');
  const inode = inodeOf(data);
  return {
    /** The process is up and has said so. */
    starting: (run) => run.said().includes('dataload: processing day'),
    /** Spark is at work. Wants a log that tells the progress often. */
    staging: (run) => run.said().includes('judging and staging'),
    /** The day is whole in staging. */
    staged: () => {
      const runId = staging();
      return runId !== undefined && inodeOf(join(stagingRoot, runId, 'day/_SUCCESS')) !== undefined;
    },
    /** The quarantine lies under its last key. */
    quarantined: () => quarantine() !== undefined,
    /** The run manifest is written, the day is not published. */
    recorded: () => manifest() !== undefined,
    /** The day is published, the current manifest may not be. */
    published: () => inodeOf(data) !== inode,
  } as const satisfies Record<string, Moment>;
}

export type Moments = ReturnType<typeof momentsOf>;
export type MomentName = keyof Moments;

/** Of moments that are over in milliseconds: from when on they are watched for, and nothing else is done. */
const WATCHED_AFTER: Partial<Record<MomentName, MomentName>> = {
  quarantined: 'staged',
  recorded: 'staged',
  published: 'staged',
};

/** @returns whether the moment came before the process ended */
export async function signalAt(
  run: Started,
  signal: NodeJS.Signals,
  moments: Moments,
  name: MomentName,
): Promise<boolean> {
  const moment: Moment = moments[name];
  const isNear: Moment = moments[WATCHED_AFTER[name] ?? name];
  while (!run.hasEnded() && !isNear(run)) await sleep(1);
  while (!run.hasEnded()) {
    for (const until = performance.now() + WATCH_MS; performance.now() < until;) {
      if (!moment(run)) continue;
      run.kill(signal);
      return true;
    }
    // What the process says must come in, and its end.
    await setImmediate();
  }
  return false;
}

/** For moments that may be met roughly: leaves the processor to others. */
export async function signalAfter(run: Started, signal: NodeJS.Signals, moment: Moment, thenMs = 0): Promise<boolean> {
  while (!run.hasEnded() && !moment(run)) await sleep(5);
  await sleep(thenMs);
  const isInTime = !run.hasEnded();
  run.kill(signal);
  return isInTime;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}
