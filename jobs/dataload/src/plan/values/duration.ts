/** ISO 8601 durations as text, judged and turned into whole seconds. */
import { type Column, functions as F } from 'spark-connect';
import { trim } from './text.ts';

const SECONDS: Readonly<Record<string, number>> = { W: 604_800, D: 86_400, H: 3_600, M: 60, S: 1 };
const MICROS = 1_000_000;

/** Weeks to seconds in this order, at least one, at least one after T, each at most six digits, a fraction only on the last. `\z`: Java's `$` also matches before a last line end. */
const ISO_DURATION =
  '^P(?=[0-9T])(?!.*[.,][0-9]+[WDHMS]T?[0-9])([0-9]{1,6}([.,][0-9]{1,6})?W)?([0-9]{1,6}([.,][0-9]{1,6})?D)?' +
  '(T(?=[0-9])([0-9]{1,6}([.,][0-9]{1,6})?H)?([0-9]{1,6}([.,][0-9]{1,6})?M)?([0-9]{1,6}([.,][0-9]{1,6})?S)?)?\\z';

/** True where the text says that the time is not known: blank, or `PT`. Null stays null. */
export function isUnknownDuration(text: Column): Column {
  return trim(text).isin('', 'PT');
}

/** True where the text is a duration or says that it is unknown. */
export function isDuration(text: Column): Column {
  return isUnknownDuration(text).or(F.rlike(trim(text), ISO_DURATION));
}

/**
 * @param text what {@link isDuration} holds for
 * @returns the exact total floored to whole seconds once (bigint); null where it is unknown
 */
export function durationSeconds(text: Column): Column {
  const parts = F.regexpExtractAll(text, '[0-9]+([.,][0-9]+)?[WDHMS]', 0);
  const micros = F.aggregate(parts, F.lit(0n), (total, part) => total.plus(partMicros(part)));
  return F.when(isUnknownDuration(text).not(), F.callFunction('div', micros, F.lit(BigInt(MICROS))));
}

/** Six digits and six decimals fit a bigint of millionths, even as weeks: 10^12 x 604,800 < 2^63. */
function partMicros(part: Column): Column {
  const number = F.translate(F.substring(part, 1, F.length(part).minus(1)), ',', '.').cast('decimal(12,6)');
  const unit = F.right(part, 1);
  const [first, ...others] = Object.entries(SECONDS) as [[string, number], ...[string, number][]];
  const seconds = others.reduce(
    (chain, [letter, value]) => chain.when(unit.eq(letter), F.lit(BigInt(value))),
    F.when(unit.eq(first[0]), F.lit(BigInt(first[1]))),
  );
  return number.times(MICROS).cast('bigint').times(seconds);
}
