/** Decides whether the times around the end of a day fit each other, so that a normal night is one run without waiting. */
import type { Config } from './schema.ts';

type KafkaTimes = Pick<
  Config['kafka'],
  'overlapMinutes' | 'graceMinutes' | 'scheduleMinutes' | 'closeWaitMinutes' | 'expectedMinutes'
>;

const DAY_MINUTES = 24 * 60;

/**
 * @param referenceOf says whether the value of a key is from AWS, and so must not be shown
 * @returns which keys do not fit, and why; undefined where all do
 */
export function timesFault(
  times: KafkaTimes,
  referenceOf: (key: string) => string | undefined = () => undefined,
): string | undefined {
  const { overlapMinutes: overlap, graceMinutes: grace, scheduleMinutes: schedule, closeWaitMinutes: wait } = times;
  const shown = (key: string, minutes: number): string => `${key} (${referenceOf(key) ?? minutes})`;
  const graceText = shown('grace_minutes', grace);
  const scheduleText = shown('schedule_minutes', schedule);
  if (grace < overlap) {
    return `${graceText} must be at least ${shown('overlap_minutes', overlap)}: a quiet partition would close the day while clocks may still be behind`;
  }
  if (schedule < grace) {
    return `${scheduleText} must be at least ${graceText}: the nightly run would begin before a quiet partition closes the day`;
  }
  if (schedule + wait >= DAY_MINUTES) {
    return `${scheduleText} and ${shown('close_wait_minutes', wait)} must be less than a day (${DAY_MINUTES}) together: a run would still wait when the next one begins`;
  }
  if (times.expectedMinutes <= schedule) {
    return `${shown('expected_minutes', times.expectedMinutes)} must be more than ${scheduleText}: each night would be missed before it begins`;
  }
  return undefined;
}
