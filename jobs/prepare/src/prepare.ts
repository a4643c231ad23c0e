/** prepare: from the published partition of one day, the average total cooking time of recipes with beef, per difficulty. */
import { join } from 'node:path';
import { audit, layout, stageContent } from 'lake';
import { homeFolder, type JobResult, openDay, type Run } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { readConsistently, rowFindings } from './consistent-read.ts';
import { toCsv } from './csv.ts';
import { reportCounts, reportRows, type ReportRow } from './reports/beef-cooking-time.ts';
import { reportColumns } from './reports/columns.ts';

/** @throws LakeError as the exit codes of the command line say */
export async function prepare(run: Run, spark: SparkSession): Promise<JobResult> {
  const { args, output } = run;
  const { logicalDate: date } = args;
  const columns = reportColumns(join(homeFolder(), 'schema/schemas.yml'), 'beef_cooking_time');
  const day = await openDay(run, { dataset: 'beef_cooking_time', target: output, dataKey: layout.report(date) });

  run.progress(`prepare ${date.iso}: computing the report`);
  const computed = await readConsistently(run, spark);
  day.lap('computeMs');

  const rows = reportRows(computed.totals);
  const counts = { recipes: computed.recipesRead, ...reportCounts(computed.totals) };
  const findings = rowFindings(computed);
  const summary = { counts, findings, rows, report: day.url };
  if (args.dryRun) return { outcome: 'dry-run', ...summary };

  const names = columns.map((column) => column.name as keyof ReportRow);
  const csv = new TextEncoder().encode(toCsv<ReportRow>(names, rows));
  const verdict = audit(await stageContent(output, `${day.staging}/report.csv`, csv, rows.length), findings);
  const { url: _, ...input } = computed.table;
  const report = { verdict, content: csv, input, inputFingerprint: input.sha256, rules: columns, counts, findings };
  const { outcome, manifest, timings } = await day.publish(report);
  return { outcome, ...summary, manifest, timings };
}
