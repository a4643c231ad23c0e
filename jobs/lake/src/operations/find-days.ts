/** Finds the days of a lake by listing folders of years, months and days, never what lies in them. */
import { datePartOf, type DatedRoot } from '../layout.ts';
import { parseLogicalDate, type LogicalDate } from '../logical-date.ts';
import type { ObjectStore } from '../stores/store.ts';

/** Open at either end. */
export interface DateRange {
  /** The first day. */
  readonly from?: LogicalDate | undefined;
  /** The last day. */
  readonly to?: LogicalDate | undefined;
}

/**
 * @param range days outside are left out, and their folders are not looked at
 * @returns oldest first, each once
 */
export async function findDays(
  lake: ObjectStore,
  roots: readonly DatedRoot[],
  range: DateRange = {},
): Promise<LogicalDate[]> {
  const found = new Set<string>();
  for (const root of roots) {
    for (const day of await daysBelow(lake, root, range)) found.add(day);
  }
  return [...found].toSorted().map((iso) => parseLogicalDate(iso));
}

async function daysBelow(lake: ObjectStore, { prefix, kind }: DatedRoot, range: DateRange): Promise<string[]> {
  let level = [{ prefix, date: '' }];
  for (const part of ['year', 'month', 'day'] as const) {
    const below: typeof level = [];
    for (const folder of level) {
      for (const name of await namesIn(lake, folder.prefix, part)) {
        const digits = datePartOf(kind, part, name);
        if (digits === undefined) continue;
        const date = folder.date === '' ? digits : `${folder.date}-${digits}`;
        if (mayHold(date, range)) below.push({ prefix: `${folder.prefix}/${name}`, date });
      }
    }
    level = below;
  }
  return level.map(({ date }) => date).filter(isCalendarDay);
}

/** The current manifest alone may be what shows a day. */
async function namesIn(lake: ObjectStore, prefix: string, part: 'year' | 'month' | 'day'): Promise<readonly string[]> {
  const listing = await lake.listFolder(prefix);
  if (listing === undefined) return [];
  return part === 'day' ? [...listing.folders, ...listing.objects.map(({ key }) => key)] : listing.folders;
}

/** @param start of a date: a year, a month or a whole day */
export function mayHold(start: string, { from, to }: DateRange): boolean {
  const isTooEarly = from !== undefined && start < from.iso.slice(0, start.length);
  const isTooLate = to !== undefined && start > to.iso.slice(0, start.length);
  return !isTooEarly && !isTooLate;
}

/** Others may put folders such as 2019/02/31 beside ours. */
function isCalendarDay(iso: string): boolean {
  try {
    return parseLogicalDate(iso).iso === iso;
  } catch {
    return false;
  }
}
