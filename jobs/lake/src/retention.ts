/** Decides which leftovers of runs housekeeping may remove; nothing that the current manifest needs ever is. */
import type { Config } from './config-schema.ts';
import { isUnfinished, runOfQuarantine, runOfRunManifest, stagingPrefixOf } from './layout.ts';
import type { Manifest } from './manifest.ts';

export interface WrittenObject {
  readonly key: string;
  readonly writtenAt: Date;
}

/** What lies in the lake: staging of the whole lake, manifests and quarantine of one day of one job. */
export interface Leftovers {
  readonly staging: readonly WrittenObject[];
  readonly manifests: readonly WrittenObject[];
  readonly quarantine: readonly WrittenObject[];
}

export interface Removable {
  /** Everything below each of these may go. */
  readonly stagingPrefixes: readonly string[];
  readonly manifestKeys: readonly string[];
  readonly quarantineKeys: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A run may be under way for so long: what it just wrote is no leftover, whatever the configuration says. */
const MIN_DAYS = 1;

/**
 * @param current the manifest of the data that stands, healed; undefined where none is known, and then every run manifest
 *   may be the one that the data needs
 */
export function removable(
  leftovers: Leftovers,
  current: Pick<Manifest, 'runId' | 'quarantine'> | undefined,
  now: Date,
  retention: Config['lake']['retention'],
): Removable {
  const isOld = (object: WrittenObject, days: number): boolean =>
    now.getTime() - object.writtenAt.getTime() > Math.max(days, MIN_DAYS) * DAY_MS;
  const isSuperseded = (object: WrittenObject, run: string | undefined): boolean => {
    if (!isOld(object, retention.supersededDays)) return false;
    if (isUnfinished(object.key)) return true;
    return run !== undefined && current !== undefined && run !== current.runId;
  };
  const { manifests, quarantine } = leftovers;
  return {
    stagingPrefixes: oldStaging(leftovers.staging, (object) => isOld(object, retention.stagingDays)),
    manifestKeys: manifests.filter((object) => isSuperseded(object, runOfRunManifest(object.key))).map(keyOf),
    quarantineKeys: quarantine
      .filter((object) => isSuperseded(object, runOfQuarantine(object.key)))
      .filter((object) => object.key !== current?.quarantine?.key)
      .map(keyOf),
  };
}

/** A run's staging goes as a whole, once its newest object is old. */
function oldStaging(objects: readonly WrittenObject[], isOld: (object: WrittenObject) => boolean): string[] {
  const prefixes = Map.groupBy(objects, (object) => stagingPrefixOf(object.key));
  return [...prefixes]
    .flatMap(([prefix, below]) => (prefix !== undefined && below.every(isOld) ? [prefix] : []))
    .toSorted();
}

const keyOf = (object: WrittenObject): string => object.key;
