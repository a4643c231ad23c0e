/** `lake restore`: lists the kept versions of a day, or brings one back by the same publish as every run. */
import { audit } from '../publish/audit.ts';
import { readPublishedDay, type Day } from '../publish/published-day.ts';
import { LakeError } from '../failure.ts';
import { runIdOfManifest, type StepName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import { parseManifest, type Manifest } from '../publish/manifest.ts';
import { newestFirst } from '../publish/newest-first.ts';
import { publish, type Published } from '../publish/publish.ts';
import { stagedLines, stagedParquet, type Staged } from '../publish/staged.ts';
import type { ObjectStore, ObjectVersion, Versions } from '../stores/store.ts';
import { dayOf, type LakeContext } from './context.ts';
import { restoredManifest } from './restored-manifest.ts';

/** The newest first. @throws LakeError config where the store keeps no versions, no-input where the day has none */
export async function listVersions(context: LakeContext, job: StepName, date: LogicalDate): Promise<ObjectVersion[]> {
  const day = dayOf(context, job, date);
  const versions = await versionsOf(day).list(day.dataKey);
  if (versions.length > 0) return versions;
  throw new LakeError('no-input', `${day.target.url(day.dataKey)} has no versions: the day was never published`);
}

export interface RestoreOptions {
  /** `dataload`, or the step of a report. */
  readonly job: StepName;
  readonly date: LogicalDate;
  readonly versionId: string;
  readonly runId: string;
  readonly image: Manifest['image'];
}

/** @throws LakeError usage for a version that is not there; quality, overtaken and unknown-outcome as of every publish */
export async function restore(context: LakeContext, options: RestoreOptions): Promise<Published> {
  const { job, date, versionId, runId, image } = options;
  const { layout } = context;
  const day = dayOf(context, job, date);
  const versions = versionsOf(day);
  const version = await chosenVersion(day, versions, versionId);
  // A store that ignores conditions must be found before anything is sent.
  await Promise.all([day.lake.assertWritable(), day.target.assertWritable()]);
  const current = await readPublishedDay(day);
  const report = context.reports.find(({ step }) => step === job);
  const staging = layout.staging(report?.name ?? layout.table, date, runId);
  const name = day.dataKey.slice(day.dataKey.lastIndexOf('/') + 1);
  await versions.stage(day.dataKey, versionId, `${staging}/day/${name}`);
  const staged = await stagedVersion(day, `${staging}/day`);
  const manifest = await manifestOf(day, version, staged);
  if (manifest === undefined && report !== undefined) {
    await day.target.removeAll(staging);
    const advice = `run prepare for ${date.iso} instead, the report is made from the table`;
    throw new LakeError(
      'usage',
      `no manifest tells which table the version ${versionId} of ${report.name} is of: ${advice}`,
    );
  }
  const from = { versionId, runId: manifest?.runId ?? version.runId ?? null };
  const unpublished = restoredManifest({ job, date, runId, startedAt: context.now, image, from, staged, manifest });
  const quarantine = await stagedQuarantine(day, manifest, `${staging}/quarantine/part.json`);
  const stagings = [{ store: day.target, prefix: staging }];
  const verdict = audit(staged, unpublished.findings);
  return publish({ day, current, verdict, unpublished, quarantine, staging: stagings, signal: context.signal });
}

function versionsOf({ target }: Day): Versions {
  if (target.versions !== undefined) return target.versions;
  throw new LakeError(
    'config',
    `${target.uri} keeps no versions, so none can be brought back: that takes a bucket with versioning`,
  );
}

async function chosenVersion({ target, dataKey }: Day, versions: Versions, versionId: string): Promise<ObjectVersion> {
  const kept = await versions.list(dataKey);
  const version = kept.find((candidate) => candidate.versionId === versionId);
  if (version !== undefined) return version;
  const known = kept.length === 0 ? 'there are none' : 'without --version all are listed';
  throw new LakeError('usage', `${target.url(dataKey)} has no version ${versionId}: ${known}`);
}

/** Inspected like an object that Spark has written. */
async function stagedVersion({ job, target }: Day, prefix: string): Promise<Staged> {
  await target.put(`${prefix}/_SUCCESS`, new Uint8Array());
  if (job === 'dataload') return stagedParquet(target, prefix);
  const { key, ...staged } = await stagedLines(target, prefix, 0);
  const text = new TextDecoder().decode(await target.get(key));
  // The first line is the header.
  return { key, ...staged, rows: text.split('\n').length - 2 };
}

/** The manifest of the run that made the version: by its run id, else the newest with its content. */
async function manifestOf(day: Day, { runId }: ObjectVersion, staged: Staged): Promise<Manifest | undefined> {
  if (runId !== undefined) {
    const key = day.layout.runManifest(day.job, day.date, runId);
    return (await readManifest(day.lake, key)) ?? (await removedManifest(day.lake, key, `${staged.key}.manifest`));
  }
  const listed = await day.lake.list(day.layout.runManifests(day.job, day.date));
  for (const { key } of newestFirst(listed)) {
    const manifest = runIdOfManifest(key) === undefined ? undefined : await readManifest(day.lake, key);
    if (manifest?.staged.sha256 === staged.sha256) return manifest;
  }
  return undefined;
}

/** Housekeeping may have removed it, and the store still keep it. */
async function removedManifest(lake: ObjectStore, key: string, stagedKey: string): Promise<Manifest | undefined> {
  const [newest] = (await lake.versions?.list(key)) ?? [];
  if (newest === undefined) return undefined;
  await lake.versions?.stage(key, newest.versionId, stagedKey);
  return readManifest(lake, stagedKey);
}

async function readManifest(lake: Pick<ObjectStore, 'get'>, key: string): Promise<Manifest | undefined> {
  const content = await lake.get(key);
  const parsed = content === undefined ? undefined : parseManifest(content);
  return parsed !== undefined && 'manifest' in parsed ? parsed.manifest : undefined;
}

/** A copy of its own for the new run: housekeeping may remove the earlier one at any time. */
async function stagedQuarantine(day: Day, manifest: Manifest | undefined, key: string): Promise<Staged | undefined> {
  const quarantine = manifest?.quarantine ?? null;
  if (quarantine === null) return undefined;
  const versions = versionsOf(day);
  const [newest] = await versions.list(quarantine.key);
  if (newest === undefined) {
    day.warn?.(
      `${day.lake.url(quarantine.key)} is gone: the day comes back without its ${quarantine.rows} quarantined lines`,
    );
    return undefined;
  }
  await versions.stage(quarantine.key, newest.versionId, key);
  const { rows, sha256 } = quarantine;
  return { key, sizeBytes: newest.sizeBytes, sha256, rows };
}
