/** One event of CloudWatch Logs: a log line as JSON, with what finds it again among those of other runs. */
import type { LogLine } from '../log.ts';
import { printable } from '../printable.ts';
import type { Identity } from '../run.ts';

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/** The service counts these with every event. */
const OVERHEAD_BYTES = 26;
/** Of one event with its overhead, and of a request. */
export const MAX_BYTES = 1_048_576;

/** What an event counts for in a request. */
export const sizeOf = ({ message }: LogEvent): number => Buffer.byteLength(message) + OVERHEAD_BYTES;

/** A line that is too long for the service loses its end, and says so. */
export function eventOf(line: LogLine, identity: Identity, environment: string, timestamp: number): LogEvent {
  const { level, message } = line;
  const { job, logicalDate: date, runId: run } = identity;
  const of = (text: string): LogEvent => ({
    timestamp,
    message: printable(JSON.stringify({ level, message: text, environment, job, date, run })),
  });
  const whole = of(message);
  if (sizeOf(whole) <= MAX_BYTES) return whole;
  const cut = (length: number): LogEvent => of(`${beginning(message, length)} … cut: ${message.length} characters`);
  return cut(longest(Math.min(message.length, MAX_BYTES), (length) => sizeOf(cut(length)) <= MAX_BYTES));
}

/** The first characters, without half of one. */
function beginning(text: string, length: number): string {
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(length - 1));
  return text.slice(0, isHalf ? length - 1 : length);
}

/** The largest number up to `most` that fits, where every smaller one does. */
function longest(most: number, fits: (length: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
