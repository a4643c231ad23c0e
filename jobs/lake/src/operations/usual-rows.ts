/** How many rows a day of the table usually has: the median of the last published days before it. */
import { type Layout, manifestsRoot } from '../layout.ts';
import { intervalOf, type LogicalDate, parseLogicalDate } from '../logical-date.ts';
import { parseManifest } from '../publish/manifest.ts';
import type { UsualRows } from '../publish/row-limits.ts';
import type { ObjectStore } from '../stores/store.ts';
import { findDays } from './find-days.ts';

/** Older days say little about today. */
const REACH_DAYS = 28;
const MAX_DAYS = 7;

/**
 * Days without rows are left out: one that was accepted must not make the next one usual.
 *
 * @returns undefined where none of the 28 days before is published with rows
 */
export async function usualRows(lake: ObjectStore, layout: Layout, date: LogicalDate): Promise<UsualRows | undefined> {
  const days = await findDays(lake, [manifestsRoot('dataload')], {
    from: daysBefore(date, REACH_DAYS),
    to: daysBefore(date, 1),
  });
  const rows: number[] = [];
  for (const day of days.toReversed()) {
    if (rows.length === MAX_DAYS) break;
    const content = await lake.get(layout.currentManifest('dataload', day));
    const parsed = content === undefined ? undefined : parseManifest(content);
    if (parsed !== undefined && 'manifest' in parsed && parsed.manifest.staged.rows > 0)
      rows.push(parsed.manifest.staged.rows);
  }
  return rows.length === 0 ? undefined : { median: median(rows), days: rows.length };
}

const daysBefore = (date: LogicalDate, days: number): LogicalDate =>
  parseLogicalDate(intervalOf(date).start.minus({ days }).toISODate());

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
