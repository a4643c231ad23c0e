/** `lake status`: looks at each day of the lake, and brings current manifests up to date where a run was killed. */
import { type DayStatus, dayStatus } from './day-status.ts';
import type { DateRange } from './find-days.ts';
import type { LakeContext } from './context.ts';
import { lookAtDays } from './look-at-days.ts';
import { warnOfUnlistedReports } from './unlisted-reports.ts';

/** @returns the days of the range, the oldest first; an open end reaches as far as anything lies in the lake */
export async function lakeStatus(context: LakeContext, range: DateRange): Promise<DayStatus[]> {
  await warnOfUnlistedReports(context);
  return (await lookAtDays(context, range)).map((found) => dayStatus(found, context.now));
}
