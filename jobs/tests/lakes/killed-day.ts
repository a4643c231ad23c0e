/** A day that stands, another that is to replace it, and the question which of the two is there after a kill. */
import { cp, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { dirtyDay } from '../events/dirty-day.ts';
import { reportFromLake } from '../oracles/duckdb-report.ts';
import { queryJson, withDuckDb } from '../oracles/duckdb-session.ts';
import type { InputFile } from '../oracles/lines.ts';
import { type CurrentManifest, DATE, type ProcessLake, processLake } from './process-lake.ts';
import { summaryOf } from '../processes.ts';
import { smallDay } from '../events/small-day.ts';

const OLD_ROWS = 40;

const NEW_ROWS = 600;
const BROKEN_LINES = 20;

/** Has a quarantine of its own, so that a run has every step that it can have. */
export const newDay: readonly InputFile[] = [
  smallDay('new', NEW_ROWS),
  { name: 'broken.json', bytes: Buffer.from('{"url":\n'.repeat(BROKEN_LINES)) },
];

/** Keeps Spark busy for many seconds. */
export const largeDay: readonly InputFile[] = dirtyDay({ seed: 4, lines: 20_000, brokenShare: 0.05 }).files;

export interface KilledDay extends AsyncDisposable {
  readonly lake: ProcessLake;
  /** The old day stands again, alone and undisturbed; the new one has landed. */
  restore(): Promise<void>;
  /** @throws Error where what is published is neither the whole old day nor the whole new one */
  whichStands(): Promise<'old' | 'new'>;
  /** Whether the current manifest names the content that is published. */
  isManifestCurrent(): Promise<boolean>;
}

/** The old day is published by dataload and reported by prepare. */
export async function killedDay(): Promise<KilledDay> {
  const lake = await processLake();
  // A log that tells the progress often says when Spark is at work.
  await lake.configure(['configs/local/logging_config.yml', 'progress_seconds: 10', 'progress_seconds: 0.05']);
  await lake.land([smallDay('old', OLD_ROWS)]);
  for (const job of ['dataload', 'prepare'] as const) {
    const ended = await lake.run(job);
    if (ended.exitCode !== 0) throw new Error(`the old day could not be published: ${ended.stderr}`);
  }
  const copy = join(lake.folder, 'copy');
  await cp(lake.lake, copy, { recursive: true });
  await lake.land(newDay);

  return {
    lake,
    async restore() {
      await rm(lake.lake, { recursive: true });
      await cp(copy, lake.lake, { recursive: true });
      await lake.land(newDay);
    },
    async whichStands() {
      const { rows, old } = await rowsOf(lake.data);
      if (rows === OLD_ROWS && old === OLD_ROWS) return 'old';
      if (rows === NEW_ROWS && old === 0) return 'new';
      throw new Error(`${lake.data} has ${rows} rows, ${old} of them old: neither the old day nor the new one`);
    },
    async isManifestCurrent() {
      return (await lake.manifest('dataload')).staged.sha256 === sha256Of(await readFile(lake.data));
    },
    [Symbol.asyncDispose]: () => lake[Symbol.asyncDispose](),
  };
}

/** As a reader without our library sees the day. */
async function rowsOf(file: string): Promise<{ rows: number; old: number }> {
  const query = `SELECT count(*) AS rows, count(*) FILTER (description = 'old') AS old FROM read_parquet('${file}')`;
  const [counted] = await withDuckDb((connection) => queryJson<{ rows: number; old: number }>(connection, query));
  return counted ?? { rows: 0, old: 0 };
}

/** Runs prepare. @returns what it published, and what is owed for the day that stands */
export async function prepared({
  lake,
}: KilledDay): Promise<{ exitCode: number | undefined; csv: string; owed: string }> {
  const { exitCode } = await lake.run('prepare');
  const { csv } = await reportFromLake(lake.lake, DATE);
  return { exitCode, csv: await readFile(lake.report, 'utf8'), owed: csv };
}

/** Runs dataload undisturbed. @returns how it ended, and whether all that belongs to the day fits together */
export async function healed({
  lake,
}: KilledDay): Promise<{ outcome: string; manifest: CurrentManifest; faults: string[] }> {
  const ended = await lake.run('dataload');
  const manifest = await lake.manifest('dataload');
  const faults: string[] = [];
  if (ended.exitCode !== 0) faults.push(ended.stderr);
  if (manifest.staged.sha256 !== sha256Of(await readFile(lake.data)))
    faults.push('the current manifest names other data');
  if (manifest.quarantine === null) faults.push('the current manifest names no quarantine');
  else {
    const quarantine = await readFile(join(lake.lake, manifest.quarantine.key)).catch(() => undefined);
    if (quarantine === undefined) faults.push(`${manifest.quarantine.key} is missing`);
    else if (sha256Of(quarantine) !== manifest.quarantine.sha256)
      faults.push(`${manifest.quarantine.key} has other bytes`);
  }
  return { outcome: summaryOf(ended).outcome, manifest, faults };
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
