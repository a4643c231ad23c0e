/** How long a run may take, as the command line says it. */
import { Duration } from 'luxon';
import { LakeError } from 'lake';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Far below what a timer can count, and longer than any day's work may take. */
const MAX_MS = 7 * DAY_MS;
const SHORT = /^(?=\d)(?:(?<hours>\d{1,6})h)?(?:(?<minutes>\d{1,6})m)?(?:(?<seconds>\d{1,6})s)?$/;

/** @returns milliseconds; undefined for no limit @throws LakeError usage */
export function parseMaxRuntime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const short = SHORT.exec(text)?.groups;
  const duration = short === undefined ? Duration.fromISO(text) : Duration.fromObject(numbers(short));
  const ms = duration.isValid ? duration.toMillis() : Number.NaN;
  if (!(ms > 0)) {
    throw new LakeError(
      'usage',
      `--max-runtime ${JSON.stringify(text)} is no duration such as 30m, 2h, 45s or PT1H30M`,
    );
  }
  if (ms > MAX_MS)
    throw new LakeError('usage', `--max-runtime ${text} is longer than the 7 days that are allowed at most`);
  return ms;
}

const numbers = (groups: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(groups).map(([unit, digits]) => [unit, Number(digits ?? 0)]));
