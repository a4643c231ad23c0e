/** Functions of dates, times and intervals. Parts of times are those of the session's time zone. */
import { call, type Column, type Operand } from '../column.ts';
import {
  type Subject,
  subject,
  from,
  none,
  noneOrOne,
  one,
  oneAnd,
  oneOrTwo,
  textAnd,
  textAndOneOrTwo,
  textsAnd,
  three,
  two,
  twoAnd,
} from './call.ts';

/** Times as text where no format is given. */
const SECONDS = 'yyyy-MM-dd HH:mm:ss';

const YEAR_MONTH = ['years', 'months'] as const;
const DAY_TIME = ['days', 'hours', 'mins', 'secs'] as const;
const INTERVAL = ['years', 'months', 'weeks', ...DAY_TIME] as const;

type Periods<N extends string> = Readonly<Partial<Record<N, Operand>>>;

/** Of periods by their names. */
const periods =
  <N extends string>(name: string, names: readonly N[]): ((given: Periods<N>) => Column) =>
  (given) =>
    call(name, ...names.map((period) => given[period] ?? 0));

export const times = {
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
  /** Seconds since 1970 of a time, of a text by a pattern, or of now. PySpark: `unix_timestamp`. */
  unixTimestamp: (column?: Subject, pattern: Operand = SECONDS): Column =>
    column === undefined ? call('unix_timestamp') : call('unix_timestamp', subject('unix_timestamp', column), pattern),
  /** 1..53: weeks begin on Monday, the first has more than three days. PySpark: `weekofyear`. */
  weekOfYear: one('weekofyear'),
  /** Of a date or time, INT. PySpark: `year`. */
  year: one('year'),

  // Parts and periods.
  /** `convertTimezone(from, to, timestamp)`: the same moment on the clocks of another zone; TIMESTAMP_NTZ. PySpark: `convert_timezone`. */
  convertTimezone: textsAnd('convert_timezone'),
  /** Days since 1970 to DATE. PySpark: `date_from_unix_date`. */
  dateFromUnixDate: one('date_from_unix_date'),
  /** `datePart('year', timestamp)`: a part by its name. PySpark: `date_part`. */
  datePart: textAnd('date_part'),
  /** As {@link datePart}. PySpark: `datepart`. */
  datepart: textAnd('datepart'),
  /** As {@link dayOfMonth}. PySpark: `day`. */
  day: one('day'),
  /** Three letters, such as `Mon`. PySpark: `dayname`. */
  dayName: one('dayname'),
  /** 1..366. PySpark: `dayofyear`. */
  dayOfYear: one('dayofyear'),
  /** As {@link datePart}. PySpark: `extract`. */
  extract: textAnd('extract'),
  /** Three letters, such as `Jan`. PySpark: `monthname`. */
  monthName: one('monthname'),
  /** From the second to the first, DOUBLE with 8 digits; `false` as third argument leaves all digits. PySpark: `months_between`. */
  monthsBetween: twoAnd('months_between', true),
  /** `nextDay(date, 'Mon')`: the first such weekday after it. PySpark: `next_day`. */
  nextDay: two('next_day'),
  /** 1..4. PySpark: `quarter`. */
  quarter: one('quarter'),
  /** Days since 1970, INT. PySpark: `unix_date`. */
  unixDate: one('unix_date'),
  /** 0 is Monday, 6 Sunday. PySpark: `weekday`. */
  weekday: one('weekday'),
  /** As {@link dateAdd}. PySpark: `dateadd`. */
  dateadd: two('dateadd'),
  /** As {@link dateDiff}. PySpark: `datediff`. */
  datediff: two('datediff'),
  /** `timestampAdd('HOUR', n, timestamp)`: so many units later. PySpark: `timestamp_add`. */
  timestampAdd: textsAnd('timestampadd'),
  /** `timestampDiff('HOUR', from, to)`: whole units between, BIGINT. PySpark: `timestamp_diff`. */
  timestampDiff: textsAnd('timestampdiff'),

  // Now, and where.
  /** As {@link currentDate}. PySpark: `curdate`. */
  curdate: none('curdate'),
  /** TIME, with so many digits of a second, 6 unless said. PySpark: `current_time`. */
  currentTime: noneOrOne('current_time'),
  /** Of the session, such as `Europe/Berlin`. PySpark: `current_timezone`. */
  currentTimezone: none('current_timezone'),
  /** TIMESTAMP_NTZ, the same in the whole query. PySpark: `localtimestamp`. */
  localtimestamp: none('localtimestamp'),
  /** As {@link currentTimestamp}. PySpark: `now`. */
  now: none('now'),

  // Made of numbers and texts.
  /** Of hour, minute and second, TIME. PySpark: `make_time`. */
  makeTime: three('make_time'),
  /** Of year, month, day, hour, minute, second and, where given, a zone; or of a date and a time of day. PySpark: `make_timestamp`. */
  makeTimestamp: from('make_timestamp', 2, 7),
  /** As {@link makeTimestamp}. PySpark: `make_timestamp_ltz`. */
  makeTimestampLtz: from('make_timestamp_ltz', 2, 7),
  /** Of year, month, day, hour, minute and second, or of a date and a time of day; TIMESTAMP_NTZ. PySpark: `make_timestamp_ntz`. */
  makeTimestampNtz: from('make_timestamp_ntz', 2, 6),
  /** As {@link makeTimestamp}, null where there is no such moment. PySpark: `try_make_timestamp`. */
  tryMakeTimestamp: from('try_make_timestamp', 2, 7),
  /** As {@link tryMakeTimestamp}. PySpark: `try_make_timestamp_ltz`. */
  tryMakeTimestampLtz: from('try_make_timestamp_ltz', 2, 7),
  /** As {@link makeTimestampNtz}, null where there is no such time. PySpark: `try_make_timestamp_ntz`. */
  tryMakeTimestampNtz: from('try_make_timestamp_ntz', 2, 6),
  /** `makeInterval({ months: 1, days: n })`; what is left out is 0. PySpark: `make_interval`. */
  makeInterval: periods('make_interval', INTERVAL),
  /** As {@link makeInterval}, null where a number is too large. PySpark: `try_make_interval`. */
  tryMakeInterval: periods('try_make_interval', INTERVAL),
  /** `makeDtInterval({ hours: n })`, DAY TO SECOND; what is left out is 0. PySpark: `make_dt_interval`. */
  makeDtInterval: periods('make_dt_interval', DAY_TIME),
  /** `makeYmInterval({ years: n })`, YEAR TO MONTH; what is left out is 0. PySpark: `make_ym_interval`. */
  makeYmInterval: periods('make_ym_interval', YEAR_MONTH),
  /** By a pattern where one is given; a text that is no time of day is an error. PySpark: `to_time`. */
  toTime: oneOrTwo('to_time'),
  /** Null for a text that is no time of day. PySpark: `try_to_time`. */
  tryToTime: oneOrTwo('try_to_time'),
  /** By a pattern where one is given, TIMESTAMP. PySpark: `to_timestamp_ltz`. */
  toTimestampLtz: oneOrTwo('to_timestamp_ltz'),
  /** By a pattern where one is given, TIMESTAMP_NTZ. PySpark: `to_timestamp_ntz`. */
  toTimestampNtz: oneOrTwo('to_timestamp_ntz'),
  /** Seconds since 1970 of a text by a pattern. PySpark: `to_unix_timestamp`. */
  toUnixTimestamp: oneOrTwo('to_unix_timestamp'),

  // Times of day.
  /** `timeBucket(interval, timestamp)`: the begin of its part of time; a third argument is where parts begin. PySpark: `time_bucket`. */
  timeBucket: textAndOneOrTwo('time_bucket'),
  /** `timeDiff('HOUR', from, to)`: whole units between two TIMEs. PySpark: `time_diff`. */
  timeDiff: textsAnd('time_diff'),
  /** Microseconds since midnight to TIME. PySpark: `time_from_micros`. */
  timeFromMicros: one('time_from_micros'),
  /** Milliseconds since midnight to TIME. PySpark: `time_from_millis`. */
  timeFromMillis: one('time_from_millis'),
  /** Seconds since midnight to TIME. PySpark: `time_from_seconds`. */
  timeFromSeconds: one('time_from_seconds'),
  /** Microseconds since midnight, BIGINT. PySpark: `time_to_micros`. */
  timeToMicros: one('time_to_micros'),
  /** Milliseconds since midnight, BIGINT. PySpark: `time_to_millis`. */
  timeToMillis: one('time_to_millis'),
  /** Seconds since midnight, DECIMAL. PySpark: `time_to_seconds`. */
  timeToSeconds: one('time_to_seconds'),
  /** `timeTrunc('HOUR', time)`. PySpark: `time_trunc`. */
  timeTrunc: textAnd('time_trunc'),

  // Windows of time, for groupBy; a window is a struct of start and end.
  /** Rows with no longer a pause between them than `10 minutes`. PySpark: `session_window`. */
  sessionWindow: two('session_window'),
  /** `window(at, '1 hour')`; then how far the windows are from each other, and where they begin. PySpark: `window`. */
  window: from('window', 2, 4),
  /** The last moment of a window. PySpark: `window_time`. */
  windowTime: one('window_time'),
} as const;
