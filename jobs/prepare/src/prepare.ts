/** prepare: from the published partition of one day its reports, such as how long recipes with beef take, per difficulty. */
import { audit, LakeError, stageContent } from 'lake';
import { type JobResult, openDay, type Run, schemasFile } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { readConsistently, rowFindings } from './consistent-read.ts';
import { makeEach } from './make-each.ts';
import { reportCounts, reportCsv, reportRows } from './reports/cooking-time.ts';
import { writeIndex, writePageOf } from './pages.ts';
import { chooseReports, loadReports } from './reports/load-reports.ts';
import type { Report } from './reports/report.ts';

/** The reports that a run makes: all of schema/schemas.yml, or the one that --report names. @throws LakeError config, usage */
export const reportsOf = ({ args }: Pick<Run, 'args'>): readonly Report[] =>
  chooseReports(loadReports(schemasFile()), args.report);

/** @throws LakeError as the exit codes of the command line say */
export async function prepare(run: Run, spark: SparkSession, reports = reportsOf(run)): Promise<JobResult> {
  const [first, ...others] = reports;
  const make = (report: Report): Promise<JobResult> => makeReport(run, spark, report);
  const result = await (first && others.length === 0 ? make(first) : makeEach(run, reports, make));
  if (result.outcome !== 'dry-run') await writeIndex(run);
  return result;
}

async function makeReport(run: Run, spark: SparkSession, report: Report): Promise<JobResult> {
  const { args, layout, output } = run;
  const { logicalDate: date } = args;
  const { name, step } = report;
  const day = await openDay(run, { step, dataset: name, target: output, dataKey: layout.report(name, date) });

  run.progress(`prepare ${date.iso}: computing ${name}`);
  const computed = await readConsistently(run, spark, report).catch((thrown: unknown) => withoutTable(run, thrown));
  if (computed === undefined) return { outcome: 'dry-run', counts: {}, findings: [], rows: [], report: day.url };
  day.lap('computeMs');

  const rows = reportRows(report, computed.totals);
  const counts = { recipes: computed.recipesRead, ...reportCounts(report, computed.totals) };
  const findings = rowFindings(computed);
  const summary = { counts, findings, rows, report: day.url };
  if (args.dryRun) return { outcome: 'dry-run', ...summary };

  const csv = new TextEncoder().encode(reportCsv(report, rows));
  const verdict = audit(await stageContent(output, `${day.staging}/report.csv`, csv, rows.length), findings);
  const { url: _, ...input } = computed.table;
  const made = { content: csv, columns: report.columns, rules: report };
  const content = { verdict, ...made, input, inputFingerprint: input.sha256, counts, findings };
  const { outcome, manifest, timings } = await day.publish(content);
  return { outcome, ...summary, manifest, timings, page: await writePageOf(run, report) };
}

/** After the dry run of dataload there is no table of a new day: nothing is wrong, and waiting would bring none. */
function withoutTable({ args, log }: Run, thrown: unknown): undefined {
  if (!args.dryRun || !(thrown instanceof LakeError) || thrown.code !== 'no-input') throw thrown;
  log.warn(`${thrown.message}; a dry run publishes no table, so there is nothing to compute yet`);
}
