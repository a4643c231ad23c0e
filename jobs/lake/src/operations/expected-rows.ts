/** How many rows a day may be expected to have: by what is published of it, and by the days before. */
import type { Layout } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import type { PublishedDay } from '../publish/published-day.ts';
import { EMPTY_CODES, type ExpectedRows } from '../publish/row-limits.ts';
import type { ObjectStore } from '../stores/store.ts';
import { usualRows } from './usual-rows.ts';

export interface DayInLake {
  readonly lake: ObjectStore;
  readonly layout: Layout;
  readonly date: LogicalDate;
  /** What is published of the day. */
  readonly current: PublishedDay;
}

/** @param input what the run knows of its input, and whether it was told to take an empty day */
export async function expectedRows(
  { lake, layout, date, current: { manifest } }: DayInLake,
  { emptiness, acceptsEmpty }: Pick<ExpectedRows, 'emptiness' | 'acceptsEmpty'>,
): Promise<ExpectedRows> {
  const before = manifest?.staged.rows;
  // An empty day that was published was taken for right once: running it again asks for nothing new.
  const wasAccepted = before === 0 && manifest?.findings.some(({ code }) => EMPTY_CODES.includes(code)) === true;
  const isMeasuredByItself = before !== undefined && before > 0;
  const usual = isMeasuredByItself ? undefined : await usualRows(lake, layout, date);
  return { before, usual, emptiness, acceptsEmpty: acceptsEmpty || wasAccepted };
}
