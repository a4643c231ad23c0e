/** dataload: the raw events of one day become one validated, typed, de-duplicated partition; what breaks a rule goes to quarantine. */
import { join } from 'node:path';
import {
  accountingFindings,
  assertNewRun,
  assertSparkSees,
  audit,
  codeFingerprint,
  fingerprint,
  homeFolder,
  layout,
  limitFindings,
  MANIFEST_VERSION,
  publish,
  standingOf,
  Timings,
  type Day,
  type JobResult,
  type ManifestDraft,
  type Run,
} from 'lake';
import type { SparkSession } from 'spark-connect';
import { plansOf } from './plan.ts';
import { loadSchemas } from './schemas.ts';
import { sourceOf } from './sources/index.ts';
import { stageDay } from './stage.ts';

/** @throws LakeError as the exit codes of the command line say */
export async function dataload(run: Run, spark: SparkSession): Promise<JobResult> {
  const { args, config, lake, runId, signal } = run;
  const { logicalDate: date } = args;
  const timings = new Timings(run.startedAt);
  const schemas = loadSchemas(join(homeFolder(), 'schema/schemas.yml'));
  const source = sourceOf(args.source);

  const day: Day = { job: 'dataload', date, lake, target: lake, dataKey: layout.partition(date) };
  const staging = layout.staging('recipes', date, runId);
  await assertNewRun(day, runId);
  const standing = await standingOf(day);
  const frozen = await source.freeze(run);
  await assertSparkSees(lake, staging, (url) =>
    spark.read
      .text([url])
      .first<{ value: string }>()
      .then((row) => row?.value),
  );
  timings.lap('freezeMs');

  run.progress(`dataload ${date.iso}: judging and staging`);
  const plans = plansOf(source.lines(spark, frozen), source.locatedLines(spark, frozen), schemas);
  const { staged, quarantine, accounting, broken, unknownFields } = await stageDay(run, plans, staging);
  await source.assertUnchanged(run, frozen);
  timings.lap('stageMs');

  const findings = [
    ...accountingFindings(accounting, staged.rows),
    ...limitFindings(accounting, standing.manifest?.staged.rows, config.lake.audit),
  ];
  const verdict = audit(staged, findings);
  const counts = { ...accounting, reasons: broken.error, warnings: broken.warn, unknownFields };
  const draft: ManifestDraft = {
    manifestVersion: MANIFEST_VERSION,
    job: 'dataload',
    logicalDate: date.iso,
    runId,
    try: args.try,
    image: run.image,
    fingerprints: {
      input: frozen.fingerprint,
      rules: fingerprint(schemas),
      config: fingerprint(config),
      code: codeFingerprint(import.meta.url),
    },
    input: frozen.input,
    counts,
    findings,
    timings: timings.toJson(),
  };
  if (args.dryRun) return dryRun(run, staging, { counts, findings });

  run.progress(`dataload ${date.iso}: publishing`);
  const published = await publish({
    day,
    standing,
    verdict,
    draft,
    quarantine,
    staging: [{ store: lake, prefix: staging }],
    signal,
  });
  timings.lap('publishMs');
  return {
    outcome: published.outcome,
    counts,
    findings,
    table: lake.url(day.dataKey),
    quarantine: published.manifest.quarantine && lake.url(published.manifest.quarantine.key),
    manifest: lake.url(published.manifestKey),
    timings: timings.toJson(),
  };
}

async function dryRun(run: Run, staging: string, told: object): Promise<JobResult> {
  await run.lake.removeAll(staging);
  return { outcome: 'dry-run', ...told };
}
