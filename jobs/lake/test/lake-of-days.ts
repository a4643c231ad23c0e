/** Lakes of several days for tests of the lake command: published by the same step as always, aged as a test needs it. */
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../src/publish/audit.ts';
import type { Finding } from '../src/publish/finding.ts';
import { readPublishedDay, type Day } from '../src/publish/published-day.ts';
import { layout } from '../testing/layout.ts';
import type { ReportPlace } from '../src/layout.ts';
import { parseLogicalDate } from '../src/logical-date.ts';
import { publish, type UnpublishedManifest, type Published } from '../src/publish/publish.ts';
import { stageContent } from '../src/publish/staged.ts';
import type { LakeContext } from '../src/operations/context.ts';
import { localStore } from '../src/stores/local/store.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { bytes, unpublishedManifest } from '../testing/publish-day.ts';
import type { ObjectStore } from '../src/stores/store.ts';

export const NOW = new Date('2020-03-01T00:00:00Z');
export const BEEF: ReportPlace = { name: 'beef_cooking_time', step: 'prepare' };
export const RETENTION = { stagingDays: 2, supersededDays: 30 };

export interface LakeOfDays extends LakeContext {
  readonly folder: string;
  readonly warnings: readonly string[];
}

/** An empty lake whose output lies in a folder of its own. */
export function lakeOfDays(wrap: (store: ObjectStore) => ObjectStore = (store) => store): LakeOfDays {
  const folder = temporaryFolder();
  const warnings: string[] = [];
  return {
    folder: join(folder, 'lake'),
    lake: wrap(localStore(join(folder, 'lake'))),
    output: wrap(localStore(join(folder, 'output'))),
    layout,
    reports: [BEEF],
    config: { retention: RETENTION, audit: { maxQuarantinedShare: 0.2, minRows: null, maxShrinkage: null } },
    now: NOW,
    signal: new AbortController().signal,
    warnings,
    warn: (text) => warnings.push(text),
  };
}

export interface LoadOptions {
  readonly findings?: readonly Finding[];
  readonly unpublished?: Partial<UnpublishedManifest>;
  readonly content?: Uint8Array;
}

export async function loadDay(
  { lake }: LakeContext,
  iso: string,
  runId: string,
  text: string,
  { findings = [], unpublished = {}, content = bytes(text) }: LoadOptions = {},
): Promise<Published> {
  const date = parseLogicalDate(iso);
  const day: Day = { job: 'dataload', layout, date, lake, target: lake, dataKey: layout.tableObject(date) };
  const current = await readPublishedDay(day);
  const prefix = layout.staging('recipes', date, runId);
  const staged = await stageContent(lake, `${prefix}/day/part.parquet`, content, 1);
  const quarantine = await stageContent(lake, `${prefix}/quarantine/part.json`, bytes(`{"raw":"${runId}"}\n`), 1);
  return publish({
    day,
    current,
    verdict: audit(staged, findings),
    unpublished: { ...unpublishedManifest(runId), logicalDate: iso, findings, ...unpublished },
    quarantine,
    staging: [{ store: lake, prefix }],
    signal: new AbortController().signal,
  });
}

/** Lands a day as from Kafka. */
export async function landKafkaDay(
  { lake }: LakeContext,
  iso: string,
  runId: string,
  text: string,
): Promise<Published> {
  const date = parseLogicalDate(iso);
  const day: Day = { job: 'landing', layout, date, lake, target: lake, dataKey: layout.landedKafka(date) };
  const prefix = layout.staging('recipes', date, `${runId}-landing`);
  const staged = await stageContent(lake, `${prefix}/part.parquet`, bytes(text), 3);
  const input = { source: 'kafka', topic: 'changes', partitions: [{ partition: 0, start: 2, end: 5 }] };
  return publish({
    day,
    current: await readPublishedDay(day),
    verdict: audit(staged, []),
    unpublished: { ...unpublishedManifest(runId), job: 'landing', logicalDate: iso, input, counts: {} },
    staging: [{ store: lake, prefix }],
    signal: new AbortController().signal,
  });
}

/** Publishes the report of what is in the table now. */
export async function reportDay(
  { lake, output }: LakeContext,
  iso: string,
  runId: string,
  text = 'difficulty,avg_total_cooking_time\neasy,21.2\n',
  { name, step }: ReportPlace = BEEF,
): Promise<Published> {
  const date = parseLogicalDate(iso);
  const table = await lake.head(layout.tableObject(date));
  const day: Day = { job: step, layout, date, lake, target: output, dataKey: layout.report(name, date) };
  const current = await readPublishedDay(day);
  const prefix = layout.staging(name, date, runId);
  const staged = await stageContent(output, `${prefix}/report.csv`, bytes(text), 1);
  const input = { key: layout.tableObject(date), etag: 'e', sha256: table?.sha256 ?? '', runId: null, rows: 1 };
  const counts = { recipes: 1, beef: 1, unknownTotal: 0, easy: 1 };
  return publish({
    day,
    current,
    verdict: audit(staged, []),
    unpublished: { ...unpublishedManifest(runId), job: step, logicalDate: iso, input, counts },
    staging: [{ store: output, prefix }],
    signal: new AbortController().signal,
  });
}

/** Every file below a folder, relative to it. */
export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(folder.length + 1)).toSorted();
}

export function age(folder: string, file: string, days: number): void {
  const at = new Date(NOW.getTime() - days * 86_400_000);
  utimesSync(join(folder, file), at, at);
}
