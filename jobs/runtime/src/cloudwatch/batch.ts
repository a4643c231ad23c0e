/** What goes into one request to CloudWatch Logs, by the limits of the service. */
import { type LogEvent, MAX_BYTES, sizeOf } from './event.ts';

const MAX_EVENTS = 10_000;
const MAX_SPAN_MS = 24 * 3_600_000;

export interface Batch {
  /** In the order of their times. */
  readonly events: readonly LogEvent[];
  readonly rest: readonly LogEvent[];
}

/** @param queue in the order in which they were logged; a clock that was set back does not put them out of order */
export function nextBatch(queue: readonly LogEvent[]): Batch {
  let bytes = 0;
  let [from, to] = [Infinity, -Infinity];
  const end = queue.findIndex((event, index) => {
    bytes += sizeOf(event);
    from = Math.min(from, event.timestamp);
    to = Math.max(to, event.timestamp);
    return index > 0 && (bytes > MAX_BYTES || index >= MAX_EVENTS || to - from >= MAX_SPAN_MS);
  });
  const events = end === -1 ? queue : queue.slice(0, end);
  return { events: events.toSorted((a, b) => a.timestamp - b.timestamp), rest: queue.slice(events.length) };
}
