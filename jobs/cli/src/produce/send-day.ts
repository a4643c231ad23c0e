/** Sends the lines of a folder's files as the events of a day. */
import type { FrozenFiles, LogicalDate, ObjectStore } from 'lake';
import { LakeError } from 'lake';
import type { Event, EventSender } from './event-sender.ts';
import { eventTimes } from './event-times.ts';
import { fileLines, type FileLine } from './file-lines.ts';

export interface DayToSend {
  readonly date: LogicalDate;
  readonly store: ObjectStore;
  readonly frozen: FrozenFiles;
  /** How many lines the files hold. */
  readonly count: number;
  readonly nowMs: number;
}

/** @throws LakeError no-input where the files hold no line */
export async function countLines(store: ObjectStore, frozen: FrozenFiles): Promise<number> {
  let count = 0;
  for await (const _ of fileLines(store, frozen)) count++;
  if (count === 0) throw new LakeError('no-input', 'the files hold no line; there is nothing to send');
  return count;
}

/** @param rate events a second; undefined for as fast as it goes @param onSent gets how many were sent so far */
export async function sendDay(
  sender: EventSender,
  { date, store, frozen, count, nowMs }: DayToSend,
  rate?: number,
  onSent: (count: number) => void = () => undefined,
): Promise<void> {
  await sender.send(eventsOf(fileLines(store, frozen), eventTimes(date, count, nowMs)), rate, onSent);
}

async function* eventsOf(lines: AsyncIterable<FileLine>, timeOf: (index: number) => number): AsyncGenerator<Event> {
  let index = 0;
  for await (const { file, line, bytes } of lines) {
    yield { ms: timeOf(index++), value: bytes, from: `line ${line} of ${file}` };
  }
}
