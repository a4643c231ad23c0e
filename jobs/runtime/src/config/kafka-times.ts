/** Decides whether the times around the end of a day fit each other, so that a normal night is one run without waiting. */
import type { Config } from './schema.ts';

type KafkaTimes = Pick<
  Config['kafka'],
  'overlapMinutes' | 'graceMinutes' | 'scheduleMinutes' | 'closeWaitMinutes' | 'expectedMinutes'
>;

const DAY_MINUTES = 24 * 60;

/** @returns which keys do not fit, and why; undefined where all do */
export function timesFault(times: KafkaTimes): string | undefined {
  const { overlapMinutes: overlap, graceMinutes: grace, scheduleMinutes: schedule, closeWaitMinutes: wait } = times;
  if (grace < overlap) {
    return `grace_minutes (${grace}) must be at least overlap_minutes (${overlap}): a quiet partition would close the day while clocks may still be behind`;
  }
  if (schedule < grace) {
    return `schedule_minutes (${schedule}) must be at least grace_minutes (${grace}): the nightly run would begin before a quiet partition closes the day`;
  }
  if (schedule + wait >= DAY_MINUTES) {
    return `schedule_minutes (${schedule}) and close_wait_minutes (${wait}) must be less than a day (${DAY_MINUTES}) together: a run would still wait when the next one begins`;
  }
  if (times.expectedMinutes <= schedule) {
    return `expected_minutes (${times.expectedMinutes}) must be more than schedule_minutes (${schedule}): each night would be missed before it begins`;
  }
  return undefined;
}
