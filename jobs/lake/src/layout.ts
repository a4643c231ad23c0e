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

const REJECTED = '.rejected.json';

/** The names that the data gives its folders. */
export interface LakeNames {
  /** Of the raw events and of their quarantine. */
  readonly events: string;
  /** Of the table and of its data objects. */
  readonly table: string;
}

/** A folder with one folder a year, a month and a day below it. */
export interface DatedRoot {
  readonly prefix: string;
  readonly kind: 'slashed' | 'hive';
}

const slashed = (date: LogicalDate): string => `${date.year}/${date.month}/${date.day}`;
const hive = (date: LogicalDate): string => `year=${date.year}/month=${date.month}/day=${date.day}`;

export type Layout = ReturnType<typeof layoutOf>;

/** The keys of a lake whose data has these names. */
export const layoutOf = ({ events, table }: LakeNames) => {
  const landing = (date: LogicalDate): string => `events/${events}/${slashed(date)}`;
  const runManifests = (step: StepName, date: LogicalDate): string => `manifests/${step}/${slashed(date)}`;
  return {
    /** Folder in which others put the raw events that arrived on the day. */
    landing,
    /** Raw records of the day that came from Kafka, in the landing folder. */
    landedKafka: (date: LogicalDate) => `${landing(date)}/kafka.parquet`,
    /** Root of the table, as readers open it; also the name of its staging. */
    table,
    /** The only data object of a day of the table. */
    tableObject: (date: LogicalDate) => `${table}/${hive(date)}/${table}.parquet`,
    quarantine: (date: LogicalDate, runId: string) => `quarantine/${events}/${hive(date)}/${runId}.json`,
    /** Holds a folder of manifests for each step. */
    manifests: 'manifests',
    /** Folder of all run manifests of a day. */
    runManifests,
    runManifest: (step: StepName, date: LogicalDate, runId: string) => `${runManifests(step, date)}/${runId}.json`,
    rejectedManifest: (step: StepName, date: LogicalDate, runId: string) =>
      `${runManifests(step, date)}/${runId}${REJECTED}`,
    currentManifest: (step: StepName, date: LogicalDate) => `${runManifests(step, date)}.json`,
    /** Outside every table root, so that no reader ever lists it. */
    staging: (dataset: string, date: LogicalDate, runId: string) => `_staging/${dataset}/${date.iso}/${runId}`,
    /** Holds the staging of all runs. */
    allStaging: '_staging',
    /** Holds the locks of a local lake. */
    locks: '_staging/locks',
    /** In the output, not in the lake. */
    report: (name: string, date: LogicalDate) => `${name}/${hive(date)}/${name}.csv`,
    /** In the output: of the whole lake. */
    indexPage: 'pages/index.html',
    /** In the output, outside the report's own folder: a reader of that takes every file for CSV. */
    reportPage: (name: string, date: LogicalDate) => `pages/${name}/${slashed(date)}.html`,
    /** What lies at the top of a lake and its output; a report of such a name would mix with it. */
    topFolders: [table, 'events', 'quarantine', 'manifests', 'pages'] as readonly string[],
    /** The roots below which a day of the lake may lie, beside the manifests of each step. */
    roots: {
      landing: { prefix: `events/${events}`, kind: 'slashed' },
      table: { prefix: table, kind: 'hive' },
      quarantine: { prefix: `quarantine/${events}`, kind: 'hive' },
    } satisfies Record<string, DatedRoot>,
  } as const;
};

/** The root of the manifests of a step. */
export const manifestsRoot = (step: StepName): DatedRoot => ({ prefix: `manifests/${step}`, kind: 'slashed' });

/** The root of a report, in the output. */
export const reportRoot = ({ name }: ReportPlace): DatedRoot => ({ prefix: name, kind: 'hive' });

/** @returns the digits that the name of a year's, month's or day's folder, or of a current manifest, holds; else undefined */
export function datePartOf(kind: DatedRoot['kind'], part: 'year' | 'month' | 'day', name: string): string | undefined {
  const digits = part === 'year' ? '\\d{4}' : '\\d{2}';
  const pattern = kind === 'hive' ? `^${part}=(${digits})$` : `^(${digits})(?:\\.json)?$`;
  return new RegExp(pattern).exec(name)?.[1];
}

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

/** The parts of a store that only runs write to: others may use the same bucket. */
export interface OwnFolders {
  /** Each ends with a slash. */
  readonly staging: readonly string[];
  /** What a run publishes and records; prefixes of keys. */
  readonly published: readonly string[];
  /** Of the raw events, where others write too; undefined where none lie. */
  readonly landing: string | undefined;
}

/** @param holds what lies in the store: it may be the lake, the output, or both */
export function ownFolders(
  { table, roots, allStaging, indexPage }: Layout,
  reports: readonly ReportPlace[],
  holds: { readonly lake: boolean; readonly output: boolean },
): OwnFolders {
  const names = reports.map(({ name }) => name);
  const steps = ['landing', 'dataload', ...reports.map(({ step }) => step)];
  const inLake = holds.lake ? [roots.quarantine.prefix, table] : [];
  return {
    staging: [...(holds.lake ? [table] : []), ...names].map((name) => `${allStaging}/${name}/`),
    published: [
      ...[...inLake, ...(holds.output ? names : [])].map((root) => `${root}/year=`),
      ...(holds.output ? [indexPage, ...names.map((name) => `pages/${name}/`)] : []),
      ...(holds.lake ? steps.map((step) => `${manifestsRoot(step).prefix}/`) : []),
    ],
    landing: holds.lake ? `${roots.landing.prefix}/` : undefined,
  };
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const LOOSE = new RegExp(`^_staging/${UUID}\\.(?:put|probe)(?:\\.${UUID}\\.new)?$`);

/** @returns whether a run writes to the key; files that others land are not ours */
export function isOwnKey(key: string, { staging, published, landing }: OwnFolders): boolean {
  if (landing !== undefined && key.startsWith(landing))
    return /^\d{4}\/\d\d\/\d\d\/kafka\.parquet$/.test(key.slice(landing.length));
  return LOOSE.test(key) || [...staging, ...published].some((prefix) => key.startsWith(prefix));
}

/** @returns the staging prefix of a run, or the key itself of a loose file; undefined outside staging, such as for locks */
export function stagingPrefixOf(key: string): string | undefined {
  const run = /^_staging\/[^/]+\/\d{4}-\d\d-\d\d\/[^/]+(?=\/)/.exec(key)?.[0];
  return run ?? LOOSE.exec(key)?.[0];
}

/** A file whose writer was killed before it got its name. */
export const isUnfinished = (key: string): boolean => /\.[0-9a-f-]{36}\.new$/.test(key);
