/** One day of one dataset: what is published of it now, and its current manifest, healed where a run was killed. */
import { LakeError } from '../failure.ts';
import { type Layout, runIdOfManifest, type StepName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { newestFirst } from './newest-first.ts';
import type { ObjectFacts, ObjectStore } from '../stores/store.ts';

export interface Day {
  readonly job: StepName;
  readonly layout: Layout;
  readonly date: LogicalDate;
  /** Where manifests and quarantine lie. */
  readonly lake: ObjectStore;
  /** Where the data object lies: the lake or the output. */
  readonly target: ObjectStore;
  readonly dataKey: string;
  /** Gets what is odd about the day but stops nothing. */
  readonly warn?: ((text: string) => void) | undefined;
}

export interface PublishedDay {
  /** Undefined where nothing is published. */
  readonly data: ObjectFacts | undefined;
  /** The manifest of the data; undefined where nothing is published or no run manifest knows its content. */
  readonly manifest: Manifest | undefined;
}

/**
 * Looks at the day and, where a run was killed between publish and current manifest, brings the manifest up to date:
 * the current manifest is right when it names the content that is published.
 */
export async function readPublishedDay(day: Day): Promise<PublishedDay> {
  const data = await day.target.head(day.dataKey);
  if (data === undefined) return { data, manifest: undefined };
  const current = await readManifest(day, day.layout.currentManifest(day.job, day.date));
  if (current?.staged.sha256 === data.sha256) return { data, manifest: current };
  const manifest = await manifestOf(day, data);
  if (manifest !== undefined) await tryMakeCurrent(day, manifest);
  return { data, manifest };
}

/** Of the run that the data names, else the newest with its content. */
async function manifestOf(day: Day, data: ObjectFacts): Promise<Manifest | undefined> {
  const listed = await day.lake.list(day.layout.runManifests(day.job, day.date));
  let newest: Manifest | undefined;
  for (const { key } of newestFirst(listed.filter((object) => runIdOfManifest(object.key) !== undefined))) {
    const manifest = await readManifest(day, key);
    if (manifest?.staged.sha256 !== data.sha256) continue;
    if (data.runId === undefined || manifest.runId === data.runId) return manifest;
    newest ??= manifest;
  }
  return newest;
}

/** Like {@link makeCurrent}, but what goes wrong is only a warning: the data is published, and the next run tries again. */
export async function tryMakeCurrent(day: Day, manifest: Manifest<unknown, unknown>): Promise<void> {
  try {
    await makeCurrent(day, manifest);
  } catch (error) {
    const key = day.lake.url(day.layout.currentManifest(day.job, day.date));
    day.warn?.(`${key} could not be brought up to date, the next run will: ${(error as Error).message}`);
  }
}

const MAX_ROUNDS = 10;

/**
 * Makes a run manifest the current one, conditionally and only while the data object still has its content.
 *
 * @throws Error where others keep getting in between, or the store fails
 */
export async function makeCurrent(day: Day, manifest: Manifest<unknown, unknown>): Promise<void> {
  const content = await day.lake.get(day.layout.runManifest(day.job, day.date, manifest.runId));
  if (content === undefined) throw new Error(`the manifest of run ${manifest.runId} is gone`);
  const currentKey = day.layout.currentManifest(day.job, day.date);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const seen = await day.lake.head(currentKey);
    const data = await day.target.head(day.dataKey);
    if (data?.sha256 !== manifest.staged.sha256) return;
    const condition = seen === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'etag', etag: seen.etag } as const);
    if ((await day.lake.putIf(currentKey, content, condition)) === 'ok') return;
    // Where runs over the same content meet, the manifest of any of them will do.
    if ((await readManifest(day, currentKey))?.staged.sha256 === data.sha256) return;
  }
  throw new Error(`it was not accepted in ${MAX_ROUNDS} rounds`);
}

/** Ignores a file that is not a manifest of ours: it must not stop the day for ever. */
async function readManifest(day: Day, key: string): Promise<Manifest | undefined> {
  const content = await day.lake.get(key);
  if (content === undefined) return undefined;
  const parsed = parseManifest(content);
  if ('manifest' in parsed) return parsed.manifest;
  day.warn?.(`${day.lake.url(key)} counts as no manifest: it ${parsed.why}`);
  return undefined;
}

/** A run id names one run for ever: its manifest and quarantine object must never be written twice. */
export async function assertNewRun(day: Day, runId: string): Promise<void> {
  const key = day.layout.runManifest(day.job, day.date, runId);
  if ((await day.lake.head(key)) === undefined) return;
  throw new LakeError(
    'usage',
    `the run ${runId} has been there before (${day.lake.url(key)}); give another --run-id or --try`,
  );
}
