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
  const end = ` … cut: ${message.length} characters`;
  return of(`${message.slice(0, fitting(message, MAX_BYTES - sizeOf(of(end))))}${end}`);
}

/** How many characters, without half of one, have at most so many bytes in an event. Measures each only about twice. */
function fitting(text: string, maxBytes: number): number {
  let [low, high, left] = [0, Math.min(text.length, maxBytes), maxBytes];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(middle - 1));
    const next = isHalf && middle < high ? middle + 1 : middle;
    const bytes = Buffer.byteLength(printable(JSON.stringify(text.slice(low, next)))) - '""'.length;
    if (bytes <= left && !(isHalf && next === middle)) [low, left] = [next, left - bytes];
    else high = middle - 1;
  }
  return low;
}
