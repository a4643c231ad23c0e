/** Functions of numbers, dates and times, and of rows themselves. */
import { many, none, one, oneAnd, oneOrTwo, three, two } from './call.ts';

/** Times as text where no format is given. */
const SECONDS = 'yyyy-MM-dd HH:mm:ss';

export const scalars = {
  /** The first value that is not null. */
  coalesce: many('coalesce'),
  /** Of texts, bytes or arrays; null where one is null. */
  concat: many('concat'),
  ifNull: two('ifnull'),
  nullIf: two('nullif'),
  greatest: many('greatest'),
  least: many('least'),
  hash: many('hash'),
  xxhash64: many('xxhash64'),
  isNaN: one('isnan'),
  raiseError: one('raise_error'),
  typeOf: one('typeof'),

  // Numbers.
  abs: one('abs'),
  ceil: oneOrTwo('ceil'),
  /** Banker's rounding. */
  bround: oneOrTwo('bround'),
  exp: one('exp'),
  floor: oneOrTwo('floor'),
  ln: one('ln'),
  pmod: two('pmod'),
  pow: two('power'),
  /** Between 0 and 1; give a seed. */
  rand: one('rand'),
  round: oneOrTwo('round'),
  signum: one('signum'),
  sqrt: one('sqrt'),
  tryAdd: two('try_add'),
  tryDivide: two('try_divide'),
  tryMultiply: two('try_multiply'),
  trySubtract: two('try_subtract'),

  // Dates and times.
  addMonths: two('add_months'),
  currentDate: none('current_date'),
  currentTimestamp: none('current_timestamp'),
  dateAdd: two('date_add'),
  /** Days from the second to the first. */
  dateDiff: two('date_diff'),
  dateFormat: two('date_format'),
  dateSub: two('date_sub'),
  /** `dateTrunc('hour', timestamp)`. */
  dateTrunc: two('date_trunc'),
  dayOfMonth: one('dayofmonth'),
  dayOfWeek: one('dayofweek'),
  fromUnixTime: oneAnd('from_unixtime', SECONDS),
  hour: one('hour'),
  lastDay: one('last_day'),
  makeDate: three('make_date'),
  minute: one('minute'),
  month: one('month'),
  second: one('second'),
  timestampMicros: one('timestamp_micros'),
  timestampMillis: one('timestamp_millis'),
  timestampSeconds: one('timestamp_seconds'),
  /** A text that is no date is an error. */
  toDate: oneOrTwo('to_date'),
  toTimestamp: oneOrTwo('to_timestamp'),
  toUtcTimestamp: two('to_utc_timestamp'),
  fromUtcTimestamp: two('from_utc_timestamp'),
  trunc: two('trunc'),
  /** Null for a text that is no date. */
  tryToDate: oneOrTwo('try_to_date'),
  tryToTimestamp: oneOrTwo('try_to_timestamp'),
  unixMicros: one('unix_micros'),
  unixMillis: one('unix_millis'),
  unixSeconds: one('unix_seconds'),
  unixTimestamp: oneAnd('unix_timestamp', SECONDS),
  weekOfYear: one('weekofyear'),
  year: one('year'),

  // Rows.
  inputFileName: none('input_file_name'),
  /** Grows with the order of rows within a partition and of partitions; not consecutive. */
  monotonicallyIncreasingId: none('monotonically_increasing_id'),
  sparkPartitionId: none('spark_partition_id'),
  uuid: none('uuid'),
} as const;
