/** dataload: the raw events of one day become one validated, typed, de-duplicated partition; what breaks a rule goes to quarantine. */
import { join } from 'node:path';
import { accountingFindings, assertNewRun, audit, type Day, layout, limitFindings, publish, standingOf } from 'lake';
import { assertSparkSees, draftOf, homeFolder, type JobResult, type Run, Timings } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { plansOf } from './plan/plan.ts';
import { loadSchemas } from './rules/schemas.ts';
import { sourceOf } from './sources/index.ts';
import { stageDay } from './stage.ts';

/** @throws LakeError as the exit codes of the command line say */
export async function dataload(run: Run, spark: SparkSession): Promise<JobResult> {
  const { args, config, lake, runId, signal } = run;
  const { logicalDate: date } = args;
  const timings = new Timings(run.startedAt);
  const schemas = loadSchemas(join(homeFolder(), 'schema/schemas.yml'));
  const source = await sourceOf(args.source);

  // What stands now, what goes in: both are remembered before anything is read.
  const day: Day = { job: 'dataload', date, lake, target: lake, dataKey: layout.partition(date), warn: run.log.warn };
  const staging = layout.staging('recipes', date, runId);
  await assertNewRun(day, runId);
  const standing = await standingOf(day);
  await assertSparkSees(lake, staging, async (url) => (await spark.read.text([url]).first<{ value: string }>())?.value);
  const frozen = await source.freeze(run, spark, staging);
  timings.lap('freezeMs');

  run.progress(`dataload ${date.iso}: judging and staging`);
  const plans = plansOf(source.lines(spark, frozen), source.locatedLines(spark, frozen), schemas);
  const stagedDay = await stageDay(run, plans, staging, () => source.assertUnchanged(run, frozen));
  const { staged, quarantine, accounting, broken, ...unknown } = stagedDay;
  timings.lap('stageMs');

  const rowsBefore = standing.manifest?.staged.rows;
  const findings = [
    ...(frozen.findings ?? []),
    ...accountingFindings(accounting, staged.rows),
    ...limitFindings(accounting, rowsBefore, config.lake.audit),
  ];
  const verdict = audit(staged, findings);
  const counts = { ...accounting, reasons: broken.error, warnings: broken.warn, ...unknown };
  if (args.dryRun) {
    await lake.removeAll(staging);
    return { outcome: 'dry-run', counts, findings };
  }

  run.progress(`dataload ${date.iso}: publishing`);
  const { input, fingerprint: inputFingerprint } = frozen;
  const moduleUrl = import.meta.url;
  const draft = draftOf(run, { input, inputFingerprint, rules: schemas, counts, findings, timings, moduleUrl });
  const stagings = [{ store: lake, prefix: staging }];
  const published = await publish({ day, standing, verdict, draft, quarantine, staging: stagings, signal });
  timings.lap('publishMs');
  const quarantineKey = published.manifest.quarantine?.key;
  return {
    outcome: published.outcome,
    counts,
    findings,
    table: lake.url(day.dataKey),
    quarantine: quarantineKey === undefined ? null : lake.url(quarantineKey),
    manifest: lake.url(published.manifestKey),
    timings: timings.toJson(),
  };
}
