/** `npm run lake -- restore` */
import { randomBytes } from 'node:crypto';
import {
  type JobName,
  lakeStatus,
  listVersions,
  type LogicalDate,
  missingDays,
  newRunId,
  restore,
  versionRows,
} from 'lake';
import { missingText } from './status-text.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { textTable } from '../table.ts';

export async function restoreCommand(task: LakeTask): Promise<number> {
  const { line, context } = task;
  const job = line.job ?? 'dataload';
  // The command line was refused without it.
  const date = line.range.from as LogicalDate;
  if (line.version !== undefined) return bringBack(task, job, date, line.version);
  const versions = await listVersions(context, job, date);
  if (line.isJson) printJson({ job, date: date.iso, versions });
  else print(textTable(versionRows(versions), ''));
  return 0;
}

async function bringBack(
  { line, context }: LakeTask,
  job: JobName,
  date: LogicalDate,
  versionId: string,
): Promise<number> {
  const runId = newRunId(context.now, randomBytes(6).toString('hex'));
  const image = {
    version: process.env['RECIPE_ETL_VERSION'] || 'source',
    commit: process.env['RECIPE_ETL_COMMIT'] || 'unknown',
  };
  const { outcome, manifest, manifestKey } = await restore(context, { job, date, versionId, runId, image });
  const { staged, quarantine, restoredFrom } = manifest;
  const summary = { job, date: date.iso, outcome, runId, restoredFrom, rows: staged.rows, quarantine };
  if (line.isJson) {
    printJson({ ...summary, manifest: context.lake.url(manifestKey) });
    return 0;
  }
  const done =
    outcome === 'unchanged'
      ? 'is what is published already'
      : `of run ${restoredFrom?.runId ?? 'unknown'} was brought back`;
  print(`${date.iso}: version ${versionId} ${done}: ${staged.rows} rows, run ${runId}\n`);
  // A report of what stood before is of another version now.
  const days = await lakeStatus(context, line.range);
  print(missingDays(days, context.now, line.whereFlags).map(missingText).join(''));
  return 0;
}
