/** Decides the times of produced events: spread over their day, each later than the one before. */
import { intervalOf, LakeError, type LogicalDate } from 'lake';

/** What a topic does with old records, in ms; null and Infinity for nothing. */
export interface KeptTimes {
  readonly retentionMs: number | null;
  readonly behindMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @param count of events
 * @returns the time of the event with the given number, from 0, in ms since 1970
 * @throws LakeError usage where the day has not begun, or has fewer milliseconds than events
 */
export function eventTimes(date: LogicalDate, count: number, nowMs: number): (index: number) => number {
  const { start, end } = intervalOf(date);
  const fromMs = start.toMillis();
  const spanMs = Math.min(end.toMillis(), nowMs) - fromMs;
  if (spanMs <= 0)
    throw new LakeError('usage', `${date.iso} has not begun in UTC; events may not come from the future`);
  if (count > spanMs) {
    throw new LakeError('usage', `${count} events do not fit into ${date.iso}: each gets a millisecond of its own`);
  }
  return (index) => fromMs + Math.floor((index * spanMs) / count);
}

/** @throws LakeError usage where the topic would refuse or drop events of the day */
export function assertKept(topic: string, date: LogicalDate, kept: KeptTimes, nowMs: number): void {
  const limitMs = Math.min(kept.retentionMs ?? Infinity, kept.behindMs);
  const oldestMs = nowMs - limitMs;
  if (intervalOf(date).start.toMillis() >= oldestMs) return;
  const setting = limitMs === kept.retentionMs ? 'retention.ms' : 'message.timestamp.before.max.ms';
  const days = `${Number((limitMs / DAY_MS).toFixed(2))} days`;
  const oldest = new Date(oldestMs).toISOString();
  throw new LakeError(
    'usage',
    `topic ${topic} keeps no events from before ${oldest} (${setting} is ${days}), so those of ${date.iso} would vanish; take a younger date, another topic (KAFKA_TOPIC), or raise the setting`,
  );
}
