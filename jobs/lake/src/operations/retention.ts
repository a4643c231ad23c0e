/** Decides which leftovers of runs housekeeping may remove; nothing that the current manifest needs ever is. */
import { isUnfinished, runOfQuarantine, runOfRunManifest, stagingPrefixOf } from '../layout.ts';
import type { Manifest } from '../publish/manifest.ts';
import type { Upload } from '../stores/store.ts';

/** After how many days an unneeded object may be removed. */
export interface RetentionDays {
  /** Staging of runs that were killed. */
  readonly stagingDays: number;
  /** Run manifests and quarantine objects that are not current. */
  readonly supersededDays: number;
}

export interface WrittenObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** What lies in the lake: staging and uploads of any runs, manifests and quarantine of one day of one job. */
export interface Leftovers {
  readonly staging?: readonly WrittenObject[];
  readonly uploads?: readonly Upload[];
  readonly manifests?: readonly WrittenObject[];
  readonly quarantine?: readonly WrittenObject[];
}

/** A run's staging as a whole, or a loose file. */
export interface StagingPrefix extends WrittenObject {
  /** Of its newest object. */
  readonly modifiedAt: Date;
  readonly objects: number;
}

export interface Removable {
  /** Everything below the key of each of these may go. */
  readonly staging: readonly StagingPrefix[];
  readonly uploads: readonly Upload[];
  readonly manifests: readonly WrittenObject[];
  readonly quarantine: readonly WrittenObject[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A run may take so long: what is younger is never removed, whatever the configuration says. */
const MIN_DAYS = 1;

/**
 * @param current the manifest of the published data, healed; undefined where none is known, and then every run manifest
 *   may be the one that the data needs
 */
export function removable(
  leftovers: Leftovers,
  current: Pick<Manifest, 'runId' | 'quarantine'> | undefined,
  now: Date,
  retention: RetentionDays,
): Removable {
  const isOld = (at: Date, days: number): boolean => now.getTime() - at.getTime() > Math.max(days, MIN_DAYS) * DAY_MS;
  const isSuperseded = (object: WrittenObject, run: string | undefined): boolean => {
    if (!isOld(object.modifiedAt, retention.supersededDays)) return false;
    if (isUnfinished(object.key)) return true;
    return run !== undefined && current !== undefined && run !== current.runId;
  };
  const { staging = [], uploads = [], manifests = [], quarantine = [] } = leftovers;
  return {
    staging: wholePrefixes(staging).filter(({ modifiedAt }) => isOld(modifiedAt, retention.stagingDays)),
    uploads: uploads.filter(({ startedAt }) => isOld(startedAt, retention.stagingDays)),
    manifests: manifests.filter((object) => isSuperseded(object, runOfRunManifest(object.key))),
    quarantine: quarantine
      .filter((object) => isSuperseded(object, runOfQuarantine(object.key)))
      .filter((object) => object.key !== current?.quarantine?.key),
  };
}

/** A run's staging goes as a whole, once its newest object is old. */
function wholePrefixes(objects: readonly WrittenObject[]): StagingPrefix[] {
  const prefixes = [...Map.groupBy(objects, (object) => stagingPrefixOf(object.key))];
  return prefixes
    .flatMap(([key, below]) => (key === undefined ? [] : [{ key, ...totalOf(below) }]))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function totalOf(objects: readonly WrittenObject[]): Omit<StagingPrefix, 'key'> {
  return {
    objects: objects.length,
    sizeBytes: objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    modifiedAt: new Date(Math.max(...objects.map(({ modifiedAt }) => modifiedAt.getTime()))),
  };
}
