/** Reads ISO 8601 durations exactly: whole seconds by integer arithmetic, floored once. */

export type DurationReading =
  { readonly kind: 'unknown' } | { readonly kind: 'malformed' } | { readonly kind: 'known'; readonly seconds: number };

const NUMBER = String.raw`([0-9]{1,6})(?:[.,]([0-9]{1,6}))?`;
const FORM = new RegExp(`^P(?:${NUMBER}W)?(?:${NUMBER}D)?(T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`);
const SECONDS_OF = [604_800n, 86_400n, 3_600n, 60n, 1n];
const MICRO = 1_000_000n;

export function readDuration(value: string): DurationReading {
  const text = value.trim();
  if (text === '' || text === 'PT') return { kind: 'unknown' };
  const match = FORM.exec(text);
  if (match === null) return { kind: 'malformed' };
  const [, weeks, weekParts, days, dayParts, time, hours, hourParts, minutes, minuteParts, seconds, secondParts] =
    match;
  const whole = [weeks, days, hours, minutes, seconds];
  const parts = [weekParts, dayParts, hourParts, minuteParts, secondParts];
  const last = whole.findLastIndex((digits) => digits !== undefined);
  const fraction = parts.findIndex((digits) => digits !== undefined);
  if (last === -1 || time === 'T' || (fraction !== -1 && fraction !== last)) return { kind: 'malformed' };
  let micros = 0n;
  for (const [index, unit] of SECONDS_OF.entries()) {
    micros += BigInt((whole[index] ?? '0') + (parts[index] ?? '').padEnd(6, '0')) * unit;
  }
  return { kind: 'known', seconds: Number(micros / MICRO) };
}

/** Conversion `seconds`. */
export function toSeconds(value: string | undefined): number | null {
  const reading = value === undefined ? undefined : readDuration(value);
  return reading?.kind === 'known' ? reading.seconds : null;
}

/** Conversion `sum`: one unknown counts 0, all unknown stay unknown. */
export function toSum(...seconds: readonly (number | null)[]): number | null {
  const known = seconds.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
