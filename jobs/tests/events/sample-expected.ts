/** Says what the sample must lead to, as DuckDB judges its raw lines. */
import { type DaySummary, summaryOf } from '../lakes/day-summary.ts';
import { judgeDayByDuckDb } from '../oracles/duckdb-oracle.ts';
import { reportFromRows } from '../oracles/duckdb-report.ts';
import type { SampleDay } from './sample-days.ts';

/** File name -> content, for the folder sample/expected. */
export async function expectedFiles(days: readonly SampleDay[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const counts: Record<string, DaySummary> = {};
  for (const { date, files: input } of days) {
    const day = await judgeDayByDuckDb(input);
    counts[date] = summaryOf(day);
    files.set(`${date}.csv`, (await reportFromRows(day.rows)).csv);
  }
  return files.set('counts.json', `${JSON.stringify(counts, null, 2)}\n`);
}
