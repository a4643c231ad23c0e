/** Functions of numbers, dates and times, and of rows themselves. */
import { many, none, one, oneAnd, oneOrTwo, oneText, textAnd, three, two } from './call.ts';

/** Times as text where no format is given. */
const SECONDS = 'yyyy-MM-dd HH:mm:ss';

export const scalars = {
  /** The first value that is not null. PySpark: `coalesce`. */
  coalesce: many('coalesce'),
  /** Of texts, bytes or arrays; null where one is null. PySpark: `concat`. */
  concat: many('concat'),
  /** The second where the first is null. PySpark: `ifnull`. */
  ifNull: two('ifnull'),
  /** Null where both are equal, else the first. PySpark: `nullif`. */
  nullIf: two('nullif'),
  /** Of at least two columns, nulls left out. PySpark: `greatest`. */
  greatest: many('greatest'),
  /** Of at least two columns, nulls left out. PySpark: `least`. */
  least: many('least'),
  /** Murmur3 of the columns, INT. PySpark: `hash`. */
  hash: many('hash'),
  /** xxHash of the columns, BIGINT. PySpark: `xxhash64`. */
  xxhash64: many('xxhash64'),
  /** True for NaN, false for null. PySpark: `isnan`. */
  isNaN: one('isnan'),
  /** Fails with this message for each row that asks for it. PySpark: `raise_error`. */
  raiseError: oneText('raise_error'),
  /** The type in DDL, as text. PySpark: `typeof`. */
  typeOf: one('typeof'),

  // Numbers.
  /** Without its sign. PySpark: `abs`. */
  abs: one('abs'),
  /** Up to a whole number, or to so many decimals. PySpark: `ceil`. */
  ceil: oneOrTwo('ceil'),
  /** Banker's rounding, to a whole number or to so many decimals. PySpark: `bround`. */
  bround: oneOrTwo('bround'),
  /** e to this power. PySpark: `exp`. */
  exp: one('exp'),
  /** Down to a whole number, or to so many decimals. PySpark: `floor`. */
  floor: oneOrTwo('floor'),
  /** To the base e; null where it is not above zero. PySpark: `ln`. */
  ln: one('ln'),
  /** The remainder, never below zero for a divisor above it. PySpark: `pmod`. */
  pmod: two('pmod'),
  /** The first to the power of the second, DOUBLE. PySpark: `pow`. */
  pow: two('power'),
  /** Between 0 and 1; give a seed. PySpark: `rand`. */
  rand: one('rand'),
  /** Half away from zero, to a whole number or to so many decimals. PySpark: `round`. */
  round: oneOrTwo('round'),
  /** -1, 0 or 1, DOUBLE. PySpark: `signum`. */
  signum: one('signum'),
  /** NaN below zero. PySpark: `sqrt`. */
  sqrt: one('sqrt'),
  /** Null on overflow. PySpark: `try_add`. */
  tryAdd: two('try_add'),
  /** Null where the second is zero. PySpark: `try_divide`. */
  tryDivide: two('try_divide'),
  /** Null on overflow. PySpark: `try_multiply`. */
  tryMultiply: two('try_multiply'),
  /** Null on overflow. PySpark: `try_subtract`. */
  trySubtract: two('try_subtract'),

  // Dates and times. Their parts are those of the session's time zone.
  /** At most the last day of that month. PySpark: `add_months`. */
  addMonths: two('add_months'),
  /** DATE, the same in the whole query. PySpark: `current_date`. */
  currentDate: none('current_date'),
  /** TIMESTAMP, the same in the whole query. PySpark: `current_timestamp`. */
  currentTimestamp: none('current_timestamp'),
  /** So many days later. PySpark: `date_add`. */
  dateAdd: two('date_add'),
  /** Days from the second to the first. PySpark: `date_diff`. */
  dateDiff: two('date_diff'),
  /** As text by a pattern, such as `yyyy-MM-dd HH:mm`. PySpark: `date_format`. */
  dateFormat: two('date_format'),
  /** So many days before. PySpark: `date_sub`. */
  dateSub: two('date_sub'),
  /** `dateTrunc('hour', timestamp)`. PySpark: `date_trunc`. */
  dateTrunc: textAnd('date_trunc'),
  /** 1..31. PySpark: `dayofmonth`. */
  dayOfMonth: one('dayofmonth'),
  /** 1 is Sunday, 7 Saturday. PySpark: `dayofweek`. */
  dayOfWeek: one('dayofweek'),
  /** Seconds since 1970 as text, by a pattern. PySpark: `from_unixtime`. */
  fromUnixTime: oneAnd('from_unixtime', SECONDS),
  /** 0..23. PySpark: `hour`. */
  hour: one('hour'),
  /** Of the month, DATE. PySpark: `last_day`. */
  lastDay: one('last_day'),
  /** Of year, month and day; no such day is an error. PySpark: `make_date`. */
  makeDate: three('make_date'),
  /** 0..59. PySpark: `minute`. */
  minute: one('minute'),
  /** 1..12. PySpark: `month`. */
  month: one('month'),
  /** 0..59. PySpark: `second`. */
  second: one('second'),
  /** Microseconds since 1970 to TIMESTAMP. PySpark: `timestamp_micros`. */
  timestampMicros: one('timestamp_micros'),
  /** Milliseconds since 1970 to TIMESTAMP. PySpark: `timestamp_millis`. */
  timestampMillis: one('timestamp_millis'),
  /** Seconds since 1970 to TIMESTAMP. PySpark: `timestamp_seconds`. */
  timestampSeconds: one('timestamp_seconds'),
  /** By a pattern where one is given; a text that is no date is an error. PySpark: `to_date`. */
  toDate: oneOrTwo('to_date'),
  /** By a pattern where one is given; a text that is no time is an error. PySpark: `to_timestamp`. */
  toTimestamp: oneOrTwo('to_timestamp'),
  /** What clocks in UTC show when those of the zone show this. PySpark: `to_utc_timestamp`. */
  toUtcTimestamp: two('to_utc_timestamp'),
  /** What clocks in the zone show when those in UTC show this. PySpark: `from_utc_timestamp`. */
  fromUtcTimestamp: two('from_utc_timestamp'),
  /** `trunc(date, 'month')`, DATE. PySpark: `trunc`. */
  trunc: two('trunc'),
  /** Null for a text that is no date. PySpark: `try_to_date`. */
  tryToDate: oneOrTwo('try_to_date'),
  /** Null for a text that is no time. PySpark: `try_to_timestamp`. */
  tryToTimestamp: oneOrTwo('try_to_timestamp'),
  /** Microseconds since 1970, BIGINT. PySpark: `unix_micros`. */
  unixMicros: one('unix_micros'),
  /** Milliseconds since 1970, BIGINT. PySpark: `unix_millis`. */
  unixMillis: one('unix_millis'),
  /** Seconds since 1970, BIGINT. PySpark: `unix_seconds`. */
  unixSeconds: one('unix_seconds'),
  /** Seconds since 1970 of a time, or of a text by a pattern. PySpark: `unix_timestamp`. */
  unixTimestamp: oneAnd('unix_timestamp', SECONDS),
  /** 1..53: weeks begin on Monday, the first has more than three days. PySpark: `weekofyear`. */
  weekOfYear: one('weekofyear'),
  /** Of a date or time, INT. PySpark: `year`. */
  year: one('year'),

  // Rows.
  /** The file that the row was read from, '' where there is none. PySpark: `input_file_name`. */
  inputFileName: none('input_file_name'),
  /** Grows with the rows of a partition and with partitions; not consecutive. PySpark: `monotonically_increasing_id`. */
  monotonicallyIncreasingId: none('monotonically_increasing_id'),
  /** Number of the row's partition, from 0. PySpark: `spark_partition_id`. */
  sparkPartitionId: none('spark_partition_id'),
  /** A random one for each row, as text. PySpark: `uuid`. */
  uuid: none('uuid'),
} as const;
