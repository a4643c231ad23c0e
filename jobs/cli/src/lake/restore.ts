/** `npm run lake -- restore` */
import { randomBytes } from 'node:crypto';
import {
  LakeError,
  lakeStatus,
  listVersions,
  type LogicalDate,
  newRunId,
  type ObjectVersion,
  restore,
  type StepName,
} from 'lake';
import { chooseReports } from 'prepare/reports';
import { placeOf } from './command-config.ts';
import { missingDays } from 'watch';
import { missingText } from './status-text.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { textTable } from '../table.ts';

export async function restoreCommand(task: LakeTask): Promise<number> {
  const { line, context } = task;
  const step = stepOf(task);
  // The command line was refused without it.
  const date = line.range.from as LogicalDate;
  if (line.version !== undefined) return bringBack(task, step, date, line.version);
  const versions = await listVersions(context, step, date);
  if (line.isJson) printJson({ ...namesOf(task), date: date.iso, versions });
  else print(textTable(versionRows(versions), ''));
  return 0;
}

/** What is brought back: the table, or one report. @throws LakeError usage */
function stepOf({ line, context }: LakeTask): StepName {
  if (line.job !== 'prepare') {
    if (line.report === undefined) return 'dataload';
    throw new LakeError('usage', '--report goes with --job prepare: without it the table is brought back');
  }
  const [report, ...others] = chooseReports(context.reports, line.report);
  if (report !== undefined && others.length === 0) return report.step;
  const names = context.reports.map(({ name }) => name).join(', ');
  throw new LakeError('usage', `--report NAME is required, there are several reports: ${names}`);
}

/** In the JSON output: the words of the command line. */
const namesOf = ({ line }: LakeTask) => {
  return { job: line.job ?? 'dataload', ...(line.report === undefined ? {} : { report: line.report }) };
};

async function bringBack(task: LakeTask, step: StepName, date: LogicalDate, versionId: string): Promise<number> {
  const { line, config, context } = task;
  const runId = newRunId(context.now, randomBytes(6).toString('hex'));
  const image = {
    version: process.env['RECIPE_ETL_VERSION'] || 'source',
    commit: process.env['RECIPE_ETL_COMMIT'] || 'unknown',
  };
  const { outcome, manifest, manifestKey } = await restore(context, { job: step, date, versionId, runId, image });
  const { staged, quarantine, restoredFrom } = manifest;
  const summary = { ...namesOf(task), date: date.iso, outcome, runId, restoredFrom, rows: staged.rows, quarantine };
  if (line.isJson) {
    printJson({ ...summary, manifest: context.lake.url(manifestKey) });
    return 0;
  }
  const done =
    outcome === 'unchanged'
      ? 'is what is published already'
      : `of run ${restoredFrom?.runId ?? 'unknown'} was brought back`;
  print(`${date.iso}: version ${versionId} ${done}: ${staged.rows} rows, run ${runId}\n`);
  // The report was made of the version that is now replaced.
  const days = await lakeStatus(context, line.range);
  print(missingDays(days, context.now, placeOf(line, config)).map(missingText).join(''));
  return 0;
}

/** For people; the newest first. */
export function versionRows(versions: readonly ObjectVersion[]): (string | number)[][] {
  const rows = versions.map(({ versionId, modifiedAt, sizeBytes, runId = '-', sha256 = '-', isCurrent }) => {
    return [versionId, modifiedAt.toISOString(), sizeBytes, runId, sha256.slice(0, 12), isCurrent ? 'current' : ''];
  });
  return [['version', 'time', 'bytes', 'run', 'sha256', ''], ...rows];
}
