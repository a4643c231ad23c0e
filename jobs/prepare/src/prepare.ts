/** prepare: from the published partition of one day, the average total cooking time of recipes with beef, per difficulty. */
import { join } from 'node:path';
import { assertNewRun, audit, type Day, layout, publish, stageContent, standingOf } from 'lake';
import { draftOf, homeFolder, type JobResult, type Run, Timings } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { toCsv } from './csv.ts';
import { rowFindings, totalsOfOneVersion } from './consistent-read.ts';
import { reportColumns } from './reports/columns.ts';
import { reportCounts, reportRows, type ReportRow } from './reports/beef-cooking-time.ts';

/** @throws LakeError as the exit codes of the command line say */
export async function prepare(run: Run, spark: SparkSession): Promise<JobResult> {
  const { args, lake, output, runId, signal } = run;
  const { logicalDate: date } = args;
  const timings = new Timings(run.startedAt);
  const columns = reportColumns(join(homeFolder(), 'schema/schemas.yml'), 'beef_cooking_time');

  const day: Day = { job: 'prepare', date, lake, target: output, dataKey: layout.report(date), warn: run.log.warn };
  const staging = layout.staging('beef_cooking_time', date, runId);
  await assertNewRun(day, runId);
  const standing = await standingOf(day);

  run.progress(`prepare ${date.iso}: computing the report`);
  const computed = await totalsOfOneVersion(run, spark);
  timings.lap('computeMs');

  const rows = reportRows(computed.totals);
  const counts = { recipes: computed.recipesRead, ...reportCounts(computed.totals) };
  const findings = rowFindings(computed);
  const told = { counts, findings, rows, report: output.url(day.dataKey) };
  if (args.dryRun) return { outcome: 'dry-run', ...told };

  const names = columns.map((column) => column.name as keyof ReportRow);
  const csv = new TextEncoder().encode(toCsv<ReportRow>(names, rows));
  const verdict = audit(await stageContent(output, `${staging}/report.csv`, csv, rows.length), findings);
  const { url: _, ...input } = computed.partition;
  const moduleUrl = import.meta.url;
  const draft = draftOf(run, {
    input,
    inputFingerprint: input.sha256,
    rules: columns,
    counts,
    findings,
    timings,
    moduleUrl,
  });
  const stagings = [{ store: output, prefix: staging }];
  const published = await publish({ day, standing, verdict, draft, content: csv, staging: stagings, signal });
  timings.lap('publishMs');
  return { outcome: published.outcome, ...told, manifest: lake.url(published.manifestKey), timings: timings.toJson() };
}
