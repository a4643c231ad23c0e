/** `lake clean`: finds what runs left behind and no reader needs, day by day, and removes it. */
import { readPublishedDay } from '../publish/published-day.ts';
import { isOwnKey, type Layout, manifestsRoot, type StepName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import { removable } from './retention.ts';
import { HeartbeatWatch } from '../stores/local/heartbeat.ts';
import type { ObjectStore } from '../stores/store.ts';
import { leftoversOf, single, stillRemovable, type Leftover } from './clean-plan.ts';
import { deadLocks } from './dead-locks.ts';
import { type DateRange, findDays, mayHold } from './find-days.ts';
import { dayOf, foldersIn, stepsOf, storesOf, type LakeContext } from './context.ts';
import { warnOfUnlistedReports } from './unlisted-reports.ts';

/** Leftovers that are looked for together: once, and again right before they are removed. */
interface Batch {
  readonly store: ObjectStore;
  readonly find: () => Promise<Leftover[]>;
}

export interface CleanEvent {
  /** Each leftover is found before it is removed; one that a run needs by then is not. */
  readonly kind: 'found' | 'removed';
  readonly leftover: Leftover;
  readonly url: string;
}

/**
 * Finds leftovers batch by batch, and removes those of one before it looks for the next ones.
 *
 * @param isRemoving false only lists
 * @param watch of the locks of a local lake
 */
export async function* clean(
  context: LakeContext,
  range: DateRange,
  isRemoving: boolean,
  watch = new HeartbeatWatch(),
): AsyncGenerator<CleanEvent, void, void> {
  await warnOfUnlistedReports(context);
  for await (const { store, find } of batches(context, range, watch)) {
    context.signal.throwIfAborted();
    const found = await find();
    for (const leftover of found) yield { kind: 'found', leftover, url: store.url(leftover.key) };
    if (!isRemoving || found.length === 0) continue;
    // A run may have published since, so look once more.
    for (const leftover of stillRemovable(found, await find())) {
      context.signal.throwIfAborted();
      await remove(store, leftover);
      yield { kind: 'removed', leftover, url: store.url(leftover.key) };
    }
  }
}

async function remove(store: ObjectStore, { key, upload }: Leftover): Promise<void> {
  await (upload === undefined ? store.removeAll(key) : store.uploads?.abort(upload));
}

async function* batches(context: LakeContext, range: DateRange, watch: HeartbeatWatch): AsyncGenerator<Batch> {
  const isWhole = range.from === undefined && range.to === undefined;
  for (const store of storesOf(context)) {
    if (isWhole) yield { store, find: () => looseLeftovers(context, store, watch) };
    yield* stagingBatches(context, store, range);
  }
  const steps = stepsOf(context);
  const days = await findDays(context.lake, [...steps.map(manifestsRoot), context.layout.roots.quarantine], range);
  for (const date of days) {
    for (const step of steps) {
      yield { store: context.lake, find: () => leftoversOfDay(context, step, date) };
    }
  }
}

/** What belongs to no day: uploads, locks, files of killed writers. */
async function looseLeftovers(context: LakeContext, store: ObjectStore, watch: HeartbeatWatch): Promise<Leftover[]> {
  const { layout, now, config, signal } = context;
  const root = layout.allStaging;
  const listing = await store.listFolder(root);
  const staging = (listing?.objects ?? []).map((object) => ({ ...object, key: `${root}/${object.key}` }));
  const own = foldersIn(context, store);
  const uploads = (await store.uploads?.list())?.filter(({ key }) => isOwnKey(key, own));
  const locks = store.isLocal ? await deadLocks(store, layout.locks, watch, signal) : [];
  return [
    ...leftoversOf(removable({ staging, uploads: uploads ?? [] }, undefined, now, config.retention)),
    ...locks.map((lock) => single('lock', lock)),
  ];
}

/** One batch a run: the staging of one may hold many objects, the staging of all too many for one list. */
async function* stagingBatches(context: LakeContext, store: ObjectStore, range: DateRange): AsyncGenerator<Batch> {
  const { layout, now, config } = context;
  const root = layout.allStaging;
  const own = foldersIn(context, store).staging;
  // Others may stage in the same bucket.
  for (const dataset of (await namesIn(store, root)).filter((name) => own.includes(`${root}/${name}/`))) {
    for (const date of (await namesIn(store, `${root}/${dataset}`)).filter((name) => mayHold(name, range))) {
      for (const run of await namesIn(store, `${root}/${dataset}/${date}`)) {
        const prefix = `${root}/${dataset}/${date}/${run}`;
        const find = async (): Promise<Leftover[]> =>
          leftoversOf(removable({ staging: await store.list(prefix) }, undefined, now, config.retention));
        yield { store, find };
      }
    }
  }
}

const namesIn = async (store: ObjectStore, prefix: string): Promise<readonly string[]> =>
  (await store.listFolder(prefix))?.folders ?? [];

/** Run manifests of a step; with dataload also the quarantine. */
async function leftoversOfDay(context: LakeContext, step: StepName, date: LogicalDate): Promise<Leftover[]> {
  const { lake, layout, now, config } = context;
  const manifests = await lake.list(layout.runManifests(step, date));
  const quarantine = step === 'dataload' ? await lake.list(quarantineFolder(layout, date)) : [];
  if (manifests.length === 0 && quarantine.length === 0) return [];
  // Read after the listing, so that everything listed is older than the current manifest.
  const { manifest } = await readPublishedDay(dayOf(context, step, date));
  return leftoversOf(removable({ manifests, quarantine }, manifest, now, config.retention));
}

function quarantineFolder(layout: Layout, date: LogicalDate): string {
  const key = layout.quarantine(date, 'x');
  return key.slice(0, key.lastIndexOf('/'));
}
