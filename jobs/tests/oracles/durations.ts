/** Reads ISO 8601 durations exactly: whole seconds by integer arithmetic, floored once. */

export type DurationReading =
  { readonly kind: 'unknown' | 'malformed' | 'not_fixed' } | { readonly kind: 'known'; readonly seconds: number };

const NUMBER = String.raw`([0-9]{1,6})(?:[.,]([0-9]{1,6}))?`;
const FORM = new RegExp(
  `^P(?:${NUMBER}Y)?(?:${NUMBER}M)?(?:${NUMBER}W)?(?:${NUMBER}D)?(T(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
/** Years and months count only where they are nothing. */
const SECONDS_OF = [0n, 0n, 604_800n, 86_400n, 3_600n, 60n, 1n];
const MICRO = 1_000_000n;

export function readDuration(value: string): DurationReading {
  const text = value.trim();
  if (text === '' || text === 'PT') return { kind: 'unknown' };
  const match = FORM.exec(text);
  if (match === null) return { kind: 'malformed' };
  const [date, time] = [match.slice(1, 9), match.slice(10)];
  const whole = [...date, ...time].filter((_digits, index) => index % 2 === 0);
  const parts = [...date, ...time].filter((_digits, index) => index % 2 === 1);
  const last = whole.findLastIndex((digits) => digits !== undefined);
  const fraction = parts.findIndex((digits) => digits !== undefined);
  if (last === -1 || match[9] === 'T' || (fraction !== -1 && fraction !== last)) return { kind: 'malformed' };
  if (date.slice(0, 4).some((digits) => Number(digits ?? 0) !== 0)) return { kind: 'not_fixed' };
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
