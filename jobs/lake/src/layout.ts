/** Where everything lies: the only file that spells a key. Keys are relative to the root of the lake or of the output. */
import type { LogicalDate } from './logical-date.ts';

export type JobName = 'dataload' | 'prepare';
/** What publishes an object of a day and keeps manifests: dataload, the landing before it, or the step of a report. */
export type StepName = string;

/** A report as the lake knows it: `name` says where it lies, `step` where its manifests do. */
export interface ReportPlace {
  readonly name: string;
  readonly step: StepName;
}

export const TABLE = 'recipes';
export const EVENTS = 'recipe_changes';

const slashed = (date: LogicalDate): string => `${date.year}/${date.month}/${date.day}`;
const hive = (date: LogicalDate): string => `year=${date.year}/month=${date.month}/day=${date.day}`;

export const layout = {
  /** Folder in which others put the raw events that arrived on the day. */
  landing: (date: LogicalDate) => `events/${EVENTS}/${slashed(date)}`,
  /** Raw records of the day that came from Kafka, in the landing folder. */
  landedKafka: (date: LogicalDate) => `events/${EVENTS}/${slashed(date)}/kafka.parquet`,
  /** The only data object of a day of the table. */
  tableObject: (date: LogicalDate) => `${TABLE}/${hive(date)}/recipes.parquet`,
  /** Root of the table, as readers open it. */
  table: () => TABLE,
  quarantine: (date: LogicalDate, runId: string) => `quarantine/${EVENTS}/${hive(date)}/${runId}.json`,
  /** Folder of all run manifests of a day. */
  runManifests: (job: StepName, date: LogicalDate) => `manifests/${job}/${slashed(date)}`,
  runManifest: (job: StepName, date: LogicalDate, runId: string) => `manifests/${job}/${slashed(date)}/${runId}.json`,
  rejectedManifest: (job: StepName, date: LogicalDate, runId: string) =>
    `manifests/${job}/${slashed(date)}/${runId}.rejected.json`,
  currentManifest: (job: StepName, date: LogicalDate) => `manifests/${job}/${slashed(date)}.json`,
  /** Outside every table root, so that no reader ever lists it. */
  staging: (dataset: string, date: LogicalDate, runId: string) => `_staging/${dataset}/${date.iso}/${runId}`,
  /** Holds the staging of all runs. */
  allStaging: () => '_staging',
  /** Holds the locks of a local lake. */
  locks: () => '_staging/locks',
  /** In the output, not in the lake. */
  report: (name: string, date: LogicalDate) => `${name}/${hive(date)}/${name}.csv`,
} as const;

/** A folder with one folder a year, a month and a day below it. */
export interface DatedRoot {
  readonly prefix: string;
  readonly kind: 'slashed' | 'hive';
}

/** The roots below which a day of the lake may lie, beside the manifests of each step. */
export const DATED_ROOTS = {
  landing: { prefix: `events/${EVENTS}`, kind: 'slashed' },
  table: { prefix: TABLE, kind: 'hive' },
  quarantine: { prefix: `quarantine/${EVENTS}`, kind: 'hive' },
} as const satisfies Record<string, DatedRoot>;

/** The root of the manifests of a step. */
export const manifestsRoot = (step: StepName): DatedRoot => ({ prefix: `manifests/${step}`, kind: 'slashed' });

/** What lies at the top of a lake and its output; a report of such a name would mix with it. */
export const TOP_FOLDERS: readonly string[] = ['events', TABLE, 'quarantine', 'manifests'];

/** @returns the digits that the name of a year's, month's or day's folder, or of a current manifest, tells; else undefined */
export function datePartOf(kind: DatedRoot['kind'], part: 'year' | 'month' | 'day', name: string): string | undefined {
  const digits = part === 'year' ? '\\d{4}' : '\\d{2}';
  const pattern = kind === 'hive' ? `^${part}=(${digits})$` : `^(${digits})(?:\\.json)?$`;
  return new RegExp(pattern).exec(name)?.[1];
}

const REJECTED = '.rejected.json';

export const isRejected = (key: string): boolean => key.endsWith(REJECTED);

/** @returns the run id of a run manifest's key; undefined for a rejected one */
export function runIdOfManifest(key: string): string | undefined {
  if (isRejected(key) || !key.endsWith('.json')) return undefined;
  return key.slice(key.lastIndexOf('/') + 1, -'.json'.length);
}

/** @returns the run id of a run manifest's key, rejected or not */
export function runOfRunManifest(key: string): string | undefined {
  return /^manifests\/[^/]+\/\d{4}\/\d\d\/\d\d\/([^/]+?)(?:\.rejected)?\.json$/.exec(key)?.[1];
}

/** @returns the run id of a quarantine object's key */
export function runOfQuarantine(key: string): string | undefined {
  return /^quarantine\/.*\/([^/]+)\.json$/.exec(key)?.[1];
}

/** @returns the staging prefix of a run, or the key itself of a loose file; undefined for what is no staging, such as locks */
export function stagingPrefixOf(key: string): string | undefined {
  const run = /^_staging\/[^/]+\/\d{4}-\d\d-\d\d\/[^/]+(?=\/)/.exec(key)?.[0];
  return run ?? /^_staging\/[^/]+\.(?:put|probe)(?:\.[^/]+)?$/.exec(key)?.[0];
}

/** A file whose writer was killed before it got its name. */
export const isUnfinished = (key: string): boolean => /\.[0-9a-f-]{36}\.new$/.test(key);
