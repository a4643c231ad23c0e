/** What came to Kafka after the days of a lake landed. */
import type { LandedDay } from 'dataload';
import { type DayStatus, toLakeError } from 'lake';
import type { LakeTask } from './task.ts';

/** A broker that does not answer must not delay what is known of the lake itself. */
const MAX_KAFKA_SECONDS = 5;

/** Asks Kafka only where days of its topic landed. */
export async function withLater(
  { config: { kafka }, variables, context: { signal } }: LakeTask,
  days: readonly DayStatus[],
): Promise<{ readonly days: readonly DayStatus[]; readonly kafkaProblem: string | null }> {
  const landed = days.flatMap(({ date, landedKafka }) => {
    const frozen = landedKafka?.input as LandedDay['frozen'] | undefined;
    return frozen?.topic === kafka.topic ? [{ date, frozen }] : [];
  });
  if (landed.length === 0 || kafka.brokers.length === 0) return { days, kafkaProblem: null };
  try {
    const limited = { ...kafka, timeoutSeconds: Math.min(kafka.timeoutSeconds, MAX_KAFKA_SECONDS) };
    const { laterRecords } = await import('dataload');
    const later = await laterRecords(limited, landed, variables, signal);
    return { days: days.map((day) => ({ ...day, later: later.get(day.date) ?? null })), kafkaProblem: null };
  } catch (thrown) {
    signal.throwIfAborted();
    return { days, kafkaProblem: toLakeError(thrown).message };
  }
}
