/** Three days of a topic, of which every record is known: clocks that are off, events seen again, broken lines, tombstones. */
import { HOUR_MS } from './kafka-day.ts';
import type { TestRecord } from './kafka-records.ts';
import { randomOf } from 'spark-connect/testing/random';

export const DATES = ['2019-11-27', '2019-11-28', '2019-11-29'] as const;
export const PARTITIONS = 4;
/** Has some records of the first day, and none of the others. */
export const QUIET = 3;
const DAY_MS = 24 * HOUR_MS;
const FROM_MS = Date.parse(DATES[0]);
/** That clocks around midnight are off at most: one ahead and another one late are less than an overlap of an hour apart. */
const OFF_MS = 29 * 60_000;
/** Of a day's records, so many arrive within that time of its beginning, and as many of its end. */
const AT_MIDNIGHT = 0.1;
const BROKEN_EVERY = 500;
const TOMBSTONE_EVERY = 1_000;
const SEEN_AGAIN_EVERY = 200;

export interface DayRecord extends TestRecord {
  /** Unique in the topic. */
  readonly key: string;
  readonly kind: 'good' | 'broken' | 'tombstone';
}

/** @returns the records in the order in which they arrive, over all three days */
export function dayRecords(count: number): DayRecord[] {
  const random = randomOf(count);
  return Array.from({ length: count }, (_, index): DayRecord => {
    const arrivesMs = arrivalMs(index, count);
    const toMidnightMs = Math.abs(arrivesMs - Math.round(arrivesMs / DAY_MS) * DAY_MS);
    const isInside = arrivesMs - FROM_MS > OFF_MS && FROM_MS + 3 * DAY_MS - arrivesMs > OFF_MS;
    const offMs = isInside && toMidnightMs < OFF_MS ? random.integer(-OFF_MS, OFF_MS) : 0;
    const partition = index < count / 6 && index % 1_000 === 3 ? QUIET : index % (PARTITIONS - 1);
    return { key: `r${index}`, partition, ms: arrivesMs + offMs, ...contentOf(index) };
  });
}

function arrivalMs(index: number, count: number): number {
  const place = (index * 3) / count;
  const day = Math.floor(place);
  const share = place - day;
  const middleMs = OFF_MS + ((share - AT_MIDNIGHT) / (1 - 2 * AT_MIDNIGHT)) * (DAY_MS - 2 * OFF_MS);
  const fromMidnightMs = (Math.min(share, 1 - share) / AT_MIDNIGHT) * OFF_MS;
  const isEdge = fromMidnightMs < OFF_MS;
  const ofDayMs = isEdge ? (share < 0.5 ? fromMidnightMs : DAY_MS - fromMidnightMs) : middleMs;
  return FROM_MS + day * DAY_MS + Math.floor(ofDayMs);
}

/** Records of one day among those that arrive on another. */
export function outOfOrder(count: number): number {
  return dayRecords(count).filter((record, index) => dateOf(record) !== dateOfMs(arrivalMs(index, count))).length;
}

/** The last record that arrives on the first day. */
export const lastOfFirstDay = (count: number): number => Math.floor(count / 3) - 1;

function contentOf(index: number): Pick<DayRecord, 'kind' | 'value'> {
  if (index % TOMBSTONE_EVERY === 17) return { kind: 'tombstone', value: null };
  if (index % BROKEN_EVERY === 7) return { kind: 'broken', value: '{"url":' };
  const recipe = index % SEEN_AGAIN_EVERY === 5 ? index - 2 : index;
  const fields = { name: `Recipe ${recipe}`, url: `https://example.com/${recipe}`, ingredients: '1 egg\nbeef' };
  return { kind: 'good', value: JSON.stringify({ ...fields, cookTime: 'PT20M', description: `seen as ${index}` }) };
}

const dateOfMs = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** The day that a record is of, by its own time. */
export const dateOf = ({ ms }: TestRecord): string => dateOfMs(ms);
