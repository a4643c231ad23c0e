/** prepare: from the published partition of one day, the average total cooking time of recipes with beef, per difficulty. */
import { join } from 'node:path';
import {
  assertNewRun,
  audit,
  codeFingerprint,
  fingerprint,
  homeFolder,
  LakeError,
  layout,
  MANIFEST_VERSION,
  publish,
  stageContent,
  standingOf,
  Timings,
  type Day,
  type Finding,
  type JobResult,
  type ManifestDraft,
  type Run,
} from 'lake';
import type { SparkSession } from 'spark-connect';
import { toCsv } from './csv.ts';
import { currentPartition, isSamePartition, type Partition } from './partition.ts';
import { planOf } from './plan.ts';
import { reportColumns } from './report-schema.ts';
import { reportCounts, reportRows, type LevelTotals, type ReportRow } from './reports/beef-cooking-time.ts';

const MAX_ATTEMPTS = 5;

/** @throws LakeError as the exit codes of the command line say */
export async function prepare(run: Run, spark: SparkSession): Promise<JobResult> {
  const { args, config, lake, output, runId, signal } = run;
  const { logicalDate: date } = args;
  const timings = new Timings(run.startedAt);
  const columns = reportColumns(join(homeFolder(), 'schema/schemas.yml'), 'beef_cooking_time');

  const day: Day = { job: 'prepare', date, lake, target: output, dataKey: layout.report(date) };
  const staging = layout.staging('beef_cooking_time', date, runId);
  await assertNewRun(day, runId);
  const standing = await standingOf(day);

  run.progress(`prepare ${date.iso}: computing the report`);
  const { partition, totals, recipesRead } = await readOneVersion(run, spark);
  timings.lap('computeMs');

  const rows = reportRows(totals);
  const csv = toCsv<ReportRow>(
    columns.map((column) => column.name as keyof ReportRow),
    rows,
  );
  const staged = await stageContent(output, `${staging}/report.csv`, new TextEncoder().encode(csv), rows.length);
  const findings = rowFindings(recipesRead, partition.rows);
  const counts = { recipes: recipesRead, ...reportCounts(totals) };
  const { url: _, ...input } = partition;
  const draft: ManifestDraft = {
    manifestVersion: MANIFEST_VERSION,
    job: 'prepare',
    logicalDate: date.iso,
    runId,
    try: args.try,
    image: run.image,
    fingerprints: {
      input: fingerprint(partition.sha256),
      rules: fingerprint(columns),
      config: fingerprint(config),
      code: codeFingerprint(import.meta.url),
    },
    input,
    counts,
    findings,
    timings: timings.toJson(),
  };
  const told = { counts, findings, rows, report: output.url(day.dataKey) };
  if (args.dryRun) {
    await output.removeAll(staging);
    return { outcome: 'dry-run', ...told };
  }
  const verdict = audit(staged, findings);
  const published = await publish({
    day,
    standing,
    verdict,
    draft,
    staging: [{ store: output, prefix: staging }],
    signal,
  });
  timings.lap('publishMs');
  return { outcome: published.outcome, ...told, manifest: lake.url(published.manifestKey), timings: timings.toJson() };
}

interface Totals {
  readonly partition: Partition;
  readonly totals: readonly LevelTotals[];
  /** All recipes of the partition; undefined where Spark did not say. */
  readonly recipesRead: number | undefined;
}

/** Starts over when the partition changed under the query. @throws LakeError input-changed after {@link MAX_ATTEMPTS} */
async function readOneVersion(run: Run, spark: SparkSession): Promise<Totals> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const partition = await currentPartition(run);
    const plan = planOf(spark, partition.url);
    const totals = await plan.totals.collect<LevelTotals>();
    if (isSamePartition(partition, await currentPartition(run))) {
      const rows = plan.recipes.values?.['rows'];
      return { partition, totals, recipesRead: rows === undefined ? undefined : Number(rows) };
    }
    run.log.warn(`the partition changed while it was read; starting over (${attempt} of ${MAX_ATTEMPTS})`);
  }
  const date = run.args.logicalDate.iso;
  throw new LakeError(
    'input-changed',
    `the partition of ${date} changed ${MAX_ATTEMPTS} times while it was read; run prepare again`,
  );
}

function rowFindings(read: number | undefined, recorded: number | null): Finding[] {
  if (read === undefined || recorded === null || read === recorded) return [];
  const message = `${read} recipes were read, but the manifest of the partition counts ${recorded}`;
  return [{ severity: 'error', code: 'rows_differ', message }];
}
