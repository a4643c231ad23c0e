/** Holds a staged day against the limits of the configuration, with what is known of the day and of the days before it. */
import { dayFindings, expectedRows, type Finding, type PublishedDay } from 'lake';
import type { Run } from 'runtime';
import { withReasons } from './refused-day.ts';
import type { Frozen } from './sources/source.ts';
import type { StagedDay } from './stage.ts';

export async function auditFindings(
  { args, config, lake, layout }: Run,
  current: PublishedDay,
  { rows: inputRows, findings: ofInput = [], emptiness = 'stated' }: Frozen,
  { staged, accounting, broken, quarantine }: StagedDay,
): Promise<Finding[]> {
  const day = { lake, layout, date: args.logicalDate, current };
  const expected = await expectedRows(day, { emptiness, acceptsEmpty: args.allowEmpty });
  const findings = dayFindings({ accounting, stagedRows: staged.rows, inputRows }, expected, config.lake.audit);
  return [...ofInput, ...(await withReasons(findings, broken.error, lake, quarantine))];
}
