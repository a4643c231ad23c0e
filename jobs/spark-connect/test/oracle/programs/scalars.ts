/** Functions of numbers, dates and times, and of rows; the twin of scalars.py. */
import { functions as F } from '../../../src/index.ts';
import { type Programs, shown } from '../program.ts';

const [a, b, at] = [F.col('a'), F.col('b'), F.col('at')];

export const scalarPrograms: Programs = {
  'null-coalesce': shown(F.coalesce(a, b, 0)),
  'null-if': shown(F.ifNull(a, 0), F.nullIf(a, b), F.isNaN(a)),
  'any-concat': shown(F.concat(a, '-', b)),
  'any-extremes': shown(F.greatest(a, b, 1), F.least(a, b)),
  'any-hash': shown(F.hash(a, b), F.xxhash64(a)),
  'any-raise-error': shown(F.raiseError('no'), F.typeOf(a)),
  'number-sign': shown(F.abs(a), F.signum(a)),
  'number-round': shown(F.round(a), F.round(a, 2), F.bround(a), F.bround(a, 1)),
  'number-ceil-floor': shown(F.ceil(a), F.ceil(a, 2), F.floor(a), F.floor(a, 1)),
  'number-power': shown(F.pow(a, b), F.sqrt(a), F.exp(a), F.ln(a)),
  'number-pow-literal': shown(F.pow(a, 2.5)),
  'number-pmod': shown(F.pmod(a, b)),
  'number-rand': shown(F.rand(42)),
  'number-try': shown(F.tryAdd(a, b), F.tryDivide(a, b), F.tryMultiply(a, b), F.trySubtract(a, b)),
  'date-now': shown(F.currentDate(), F.currentTimestamp()),
  'date-add': shown(F.dateAdd(at, 3), F.dateSub(at, 3), F.addMonths(at, -1)),
  'date-diff': shown(F.dateDiff(at, a), F.lastDay(at)),
  'date-format': shown(F.dateFormat(at, 'yyyy-MM-dd')),
  'date-trunc': shown(F.dateTrunc('hour', at), F.trunc(at, 'month')),
  'date-parts': shown(F.year(at), F.month(at), F.dayOfMonth(at), F.dayOfWeek(at), F.weekOfYear(at)),
  'date-time-parts': shown(F.hour(at), F.minute(at), F.second(at)),
  'date-make': shown(F.makeDate(a, 11, 29)),
  'date-parse': shown(F.toDate(a), F.toDate(a, 'yyyy'), F.toTimestamp(a), F.toTimestamp(a, 'yyyy')),
  'date-try-parse': shown(F.tryToDate(a), F.tryToDate(a, 'yyyy'), F.tryToTimestamp(a), F.tryToTimestamp(a, 'yyyy')),
  'date-zones': shown(F.toUtcTimestamp(at, 'Europe/Berlin'), F.fromUtcTimestamp(at, a)),
  'date-from-numbers': shown(F.timestampSeconds(a), F.timestampMillis(a), F.timestampMicros(a)),
  'date-to-numbers': shown(F.unixSeconds(at), F.unixMillis(at), F.unixMicros(at)),
  'date-unix': shown(F.unixTimestamp(a, 'yyyy'), F.fromUnixTime(a, 'yyyy')),
  'date-unix-timestamp-default': shown(F.unixTimestamp(a)),
  'date-from-unix-time-default': shown(F.fromUnixTime(a)),
  'row-ids': shown(F.monotonicallyIncreasingId(), F.sparkPartitionId(), F.inputFileName()),
};
