/** ISO 8601 durations as text, judged and turned into whole seconds. */
import { type Column, functions as F } from 'spark-connect';
import { trim } from './text.ts';

const UNITS = 'SMHDW';
const UNIT_SECONDS = [1n, 60n, 3_600n, 86_400n, 604_800n];
const MICROS = 1_000_000;

const NUMBER = '[0-9]{1,6}([.,][0-9]{1,6})?';
const ZERO = '0{1,6}([.,]0{1,6})?';

/** Years to seconds in this order, at least one, at least one after T, a fraction only on the last. `\z`: Java's `$` also matches before a last line end. */
const durationOf = (calendarNumber: string): string =>
  '^P(?=[0-9T])(?!.*[.,][0-9]+[YMWDHS]T?[0-9])' +
  `(${calendarNumber}Y)?(${calendarNumber}M)?(${NUMBER}W)?(${NUMBER}D)?` +
  `(T(?=[0-9])(${NUMBER}H)?(${NUMBER}M)?(${NUMBER}S)?)?\\z`;

const ISO_DURATION = durationOf(NUMBER);
/** Years and months differ in length; none of them is an exact time. */
const FIXED_DURATION = durationOf(ZERO);

/** Hours and minutes, as most recipes say it. */
const HOURS_AND_MINUTES = '^PT(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?\\z';

/** True where the text says that the time is not known: blank, or `PT`. Null stays null. */
export function isUnknownDuration(text: Column): Column {
  return trim(text).isin('', 'PT');
}

/** True where the text is a duration, also one of years or months, which has no fixed length. */
export function isDuration(text: Column): Column {
  return F.rlike(trim(text), ISO_DURATION);
}

/** @returns the exact total floored to whole seconds once (bigint); null where the text is unknown, no duration, or has no fixed length */
export function durationSeconds(text: Column): Column {
  // White space around a duration is rare: the general way takes care of it.
  return F.when(F.rlike(text, HOURS_AND_MINUTES), hoursAndMinutes(text)).when(
    F.rlike(trim(text), FIXED_DURATION),
    sumOfParts(text),
  );
}

function hoursAndMinutes(text: Column): Column {
  const digits = F.substring(text, 3, F.length(text));
  const number = (digitsOnly: Column, seconds: bigint) => digitsOnly.cast('bigint').times(F.lit(seconds));
  const hours = F.when(F.contains(text, F.lit('H')), number(F.substringIndex(digits, 'H', 1), 3600n)).otherwise(
    F.lit(0n),
  );
  const minutes = F.substringIndex(F.substringIndex(digits, 'H', -1), 'M', 1);
  return hours.plus(F.when(F.endsWith(text, F.lit('M')), number(minutes, 60n)).otherwise(F.lit(0n)));
}

/** Years and months are zero here: the first are no part, the others count as minutes, of which there are none. */
function sumOfParts(text: Column): Column {
  const parts = F.regexpExtractAll(text, '[0-9]+([.,][0-9]+)?[WDHMS]', 0);
  const micros = F.aggregate(parts, F.lit(0n), (total, part) => total.plus(partMicros(part)));
  return F.callFunction('div', micros, F.lit(BigInt(MICROS)));
}

/** Six digits and six decimals fit a bigint of millionths, even as weeks: 10^12 x 604,800 < 2^63. */
function partMicros(part: Column): Column {
  const number = F.translate(F.substring(part, 1, F.length(part).minus(1)), ',', '.').cast('decimal(12,6)');
  const seconds = F.elementAt(
    F.array(...UNIT_SECONDS.map((each) => F.lit(each))),
    F.instr(F.lit(UNITS), F.right(part, 1)),
  );
  return number.times(MICROS).cast('bigint').times(seconds);
}
