/** One whole publish of a small day, as a job does it but without Spark. */
import { audit } from '../src/publish/audit.ts';
import type { Finding } from '../src/publish/finding.ts';
import { assertNewRun, readPublishedDay, type Day } from '../src/publish/published-day.ts';
import { layout } from './layout.ts';
import { parseLogicalDate } from '../src/logical-date.ts';
import { publish, type UnpublishedManifest, type Published } from '../src/publish/publish.ts';
import { stageContent } from '../src/publish/staged.ts';
import type { ObjectStore } from '../src/stores/store.ts';

export const DATE = parseLogicalDate('2019-11-29');
export const DATA_KEY = layout.tableObject(DATE);
export const CURRENT_KEY = layout.currentManifest('dataload', DATE);

export function dayIn(store: ObjectStore, warn?: (text: string) => void): Day {
  return { job: 'dataload', layout, date: DATE, lake: store, target: store, dataKey: DATA_KEY, warn };
}

export function unpublishedManifest(runId: string): UnpublishedManifest {
  const hash = 'a'.repeat(64);
  return {
    job: 'dataload',
    logicalDate: DATE.iso,
    runId,
    try: 1,
    image: { version: 'source', commit: 'unknown' },
    fingerprints: { input: hash, rules: hash, config: hash, code: hash },
    input: { source: 'files', folder: '/landing', files: [], ignored: [] },
    counts: {
      read: 2,
      published: 1,
      superseded: 0,
      quarantined: 1,
      blank: 0,
      reasons: {},
      warnings: {},
      unknownFields: {},
    },
    findings: [],
    timings: { startedAt: '2019-11-30T00:00:00.000Z', stageMs: 3 },
  };
}

export interface DayOptions {
  readonly contentSha256?: string;
  readonly findings?: readonly Finding[];
  readonly warn?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Runs between staging and publish. */
  readonly meanwhile?: () => Promise<unknown>;
}

/** @param text content of the data object; every run also quarantines one line */
export async function publishDay(
  store: ObjectStore,
  runId: string,
  text: string,
  options: DayOptions = {},
): Promise<Published> {
  const day = dayIn(store, options.warn);
  await assertNewRun(day, runId);
  const current = await readPublishedDay(day);
  const prefix = layout.staging('recipes', DATE, runId);
  const { contentSha256 } = options;
  const staged = {
    ...(await stageContent(store, `${prefix}/day/part.parquet`, bytes(text), 1)),
    ...(contentSha256 === undefined ? {} : { contentSha256 }),
  };
  const quarantine = await stageContent(store, `${prefix}/quarantine/part.json`, bytes('{"raw":"x"}\n'), 1);
  await options.meanwhile?.();
  return publish({
    day,
    current,
    verdict: audit(staged, options.findings ?? []),
    unpublished: unpublishedManifest(runId),
    quarantine,
    staging: [{ store, prefix }],
    signal: options.signal ?? new AbortController().signal,
  });
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : new TextDecoder().decode(content);
