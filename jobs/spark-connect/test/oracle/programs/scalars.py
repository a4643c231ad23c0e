"""Functions of numbers, dates and times, and of rows; the twin of scalars.ts."""

from pyspark.sql.connect import functions as F

lit = F.lit
a, b, at = F.col("a"), F.col("b"), F.col("at")


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


PROGRAMS = {
    "null-coalesce": shown(F.coalesce(a, b, lit(0))),
    "null-if": shown(F.ifnull(a, lit(0)), F.nullif(a, b), F.isnan(a)),
    "any-concat": shown(F.concat(a, lit("-"), b)),
    "any-extremes": shown(F.greatest(a, b, lit(1)), F.least(a, b)),
    "any-hash": shown(F.hash(a, b), F.xxhash64(a)),
    "any-raise-error": shown(F.raise_error("no"), F.typeof(a)),
    "number-sign": shown(F.abs(a), F.signum(a)),
    "number-round": shown(F.round(a), F.round(a, 2), F.bround(a), F.bround(a, 1)),
    "number-ceil-floor": shown(F.ceil(a), F.ceil(a, 2), F.floor(a), F.floor(a, lit(1))),
    "number-power": shown(F.pow(a, b), F.sqrt(a), F.exp(a), F.ln(a)),
    "number-pow-literal": shown(F.pow(a, 2.5)),
    "number-pmod": shown(F.pmod(a, b)),
    "number-rand": shown(F.rand(42)),
    "number-try": shown(F.try_add(a, b), F.try_divide(a, b), F.try_multiply(a, b), F.try_subtract(a, b)),
    "date-now": shown(F.current_date(), F.current_timestamp()),
    "date-add": shown(F.date_add(at, 3), F.date_sub(at, 3), F.add_months(at, -1)),
    "date-diff": shown(F.date_diff(at, a), F.last_day(at)),
    "date-format": shown(F.date_format(at, "yyyy-MM-dd")),
    "date-trunc": shown(F.date_trunc("hour", at), F.trunc(at, "month")),
    "date-parts": shown(F.year(at), F.month(at), F.dayofmonth(at), F.dayofweek(at), F.weekofyear(at)),
    "date-time-parts": shown(F.hour(at), F.minute(at), F.second(at)),
    "date-make": shown(F.make_date(a, lit(11), lit(29))),
    "date-parse": shown(F.to_date(a), F.to_date(a, "yyyy"), F.to_timestamp(a), F.to_timestamp(a, "yyyy")),
    "date-try-parse": shown(
        F.try_to_date(a), F.try_to_date(a, "yyyy"), F.try_to_timestamp(a), F.try_to_timestamp(a, lit("yyyy"))
    ),
    "date-zones": shown(F.to_utc_timestamp(at, "Europe/Berlin"), F.from_utc_timestamp(at, a)),
    "date-from-numbers": shown(F.timestamp_seconds(a), F.timestamp_millis(a), F.timestamp_micros(a)),
    "date-to-numbers": shown(F.unix_seconds(at), F.unix_millis(at), F.unix_micros(at)),
    "date-unix": shown(F.unix_timestamp(a, "yyyy"), F.from_unixtime(a, "yyyy")),
    "date-unix-timestamp-default": shown(F.unix_timestamp(a)),
    "date-from-unix-time-default": shown(F.from_unixtime(a)),
    "row-ids": shown(F.monotonically_increasing_id(), F.spark_partition_id(), F.input_file_name()),
}
