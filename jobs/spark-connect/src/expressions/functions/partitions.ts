/** Transforms of columns into the partitions of a table: for `partitionedBy`. */
import { one, textAnd } from './call.ts';

export const partitions = {
  /** `bucket(n, column)`. PySpark: `bucket`. */
  bucket: textAnd('bucket'),
  /** One for each day. PySpark: `days`. */
  days: one('days'),
  /** One for each hour. PySpark: `hours`. */
  hours: one('hours'),
  /** One for each month. PySpark: `months`. */
  months: one('months'),
  /** One for each year. PySpark: `years`. */
  years: one('years'),
} as const;
