/** One day of one dataset: what is published of it now, and its current manifest, healed where a run was killed. */
import { LakeError } from './failure.ts';
import { layout, runIdOfManifest, type JobName } from './layout.ts';
import type { LogicalDate } from './logical-date.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import type { ObjectFacts, ObjectStore } from './store.ts';

export interface Day {
  readonly job: JobName;
  readonly date: LogicalDate;
  /** Where manifests and quarantine lie. */
  readonly lake: ObjectStore;
  /** Where the data object lies: the lake or the output. */
  readonly target: ObjectStore;
  readonly dataKey: string;
}

export interface Standing {
  /** Undefined where nothing is published. */
  readonly data: ObjectFacts | undefined;
  /** The manifest of the data; undefined where nothing is published or no run manifest knows its content. */
  readonly manifest: Manifest | undefined;
}

/**
 * Looks at the day and, where a run was killed between publish and current manifest, brings the manifest up to date:
 * the current manifest is right when it names the content that is published.
 */
export async function standingOf(day: Day): Promise<Standing> {
  const data = await day.target.head(day.dataKey);
  if (data === undefined) return { data, manifest: undefined };
  const current = await readManifest(day.lake, layout.currentManifest(day.job, day.date));
  if (current?.staged.sha256 === data.sha256) return { data, manifest: current };
  const manifest = await manifestOf(day, data);
  if (manifest !== undefined) await makeCurrent(day, manifest);
  return { data, manifest };
}

/** Run ids sort by time, so of several runs with the same content the last is the newest. */
async function manifestOf(day: Day, data: ObjectFacts): Promise<Manifest | undefined> {
  const keys = (await day.lake.list(layout.runManifests(day.job, day.date))).map((object) => object.key);
  let newest: Manifest | undefined;
  for (const key of keys.filter((key) => runIdOfManifest(key) !== undefined)) {
    const manifest = await readManifest(day.lake, key);
    if (manifest?.staged.sha256 !== data.sha256) continue;
    if (manifest.runId === data.runId) return manifest;
    newest = manifest;
  }
  return newest;
}

const MAX_ROUNDS = 10;

/** Makes a run manifest the current one, conditionally and only while the data object still has its content. */
export async function makeCurrent(day: Day, manifest: Manifest<unknown, unknown>): Promise<void> {
  const runKey = layout.runManifest(day.job, day.date, manifest.runId);
  const currentKey = layout.currentManifest(day.job, day.date);
  const content = await day.lake.get(runKey);
  for (let round = 0; content !== undefined && round < MAX_ROUNDS; round++) {
    const seen = await day.lake.head(currentKey);
    const data = await day.target.head(day.dataKey);
    if (data?.sha256 !== manifest.staged.sha256) return;
    const condition = seen === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'etag', etag: seen.etag } as const);
    if ((await day.lake.putIf(currentKey, content, condition)) === 'ok') return;
  }
}

async function readManifest(lake: ObjectStore, key: string): Promise<Manifest | undefined> {
  const content = await lake.get(key);
  return content === undefined ? undefined : parseManifest(content, lake.url(key));
}

/** A run id names one run for ever: its manifest and quarantine object must never be written twice. */
export async function assertNewRun(day: Day, runId: string): Promise<void> {
  const key = layout.runManifest(day.job, day.date, runId);
  if ((await day.lake.head(key)) === undefined) return;
  throw new LakeError('usage', `the run ${runId} has been there before (${day.lake.url(key)}); give another --run-id or --try`);
}
