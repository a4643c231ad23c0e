"""More functions of numbers, times, and of rows and the session; the twin of arithmetic.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.expressions import UnresolvedFunction

a, b, c, d, e, f, g = (F.col("a"), F.col("b"), F.col("c"), F.col("d"), F.col("e"), F.col("f"), F.col("g"))


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


def plain(name, *words):
    """A function of SQL that PySpark has no name for."""
    return Column(UnresolvedFunction(name, [word._expr for word in words]))


PROGRAMS = {
    "numbers-log": shown(F.log(a), F.log(2, a)),
    "numbers-cbrt": shown(F.cbrt(a), F.ceiling(a), F.ceiling(a, b), plain("div", a, b), F.e(), F.expm1(a), F.factorial(a)),
    "numbers-hypot": shown(F.hypot(a, b), F.log10(a), F.log1p(a), F.log2(a), plain("mod", a, b), F.nanvl(a, b)),
    "numbers-negative": shown(F.negate(a), F.negative(a), F.pi(), F.positive(a), F.power(a, b), F.rint(a)),
    "numbers-sign": shown(F.sign(a), F.try_mod(a, b), F.width_bucket(a, b, c, d), F.zeroifnull(a), F.nullifzero(a), F.acos(a)),
    "numbers-acosh": shown(F.acosh(a), F.asin(a), F.asinh(a), F.atan(a), F.atan2(a, b), F.atanh(a)),
    "numbers-cos": shown(F.cos(a), F.cosh(a), F.cot(a), F.csc(a), F.degrees(a), F.radians(a)),
    "numbers-sec": shown(F.sec(a), F.sin(a), F.sinh(a), F.tan(a), F.tanh(a), F.bin(a)),
    "numbers-bit-count": shown(F.bit_count(a), F.bit_get(a, b), F.bitwise_not(a), F.getbit(a, b), F.shiftleft(a, b), F.shiftright(a, b)),
    "numbers-shiftrightunsigned": shown(F.shiftrightunsigned(a, b), F.randn(a), F.random(a), F.randstr(a, b), F.uniform(a, b, c)),
    "times-convert-timezone": shown(F.convert_timezone(a, b, c), F.date_from_unix_date(a), F.date_part(a, b), F.datepart(a, b), F.day(a), F.dayname(a)),
    "times-dayofyear": shown(F.dayofyear(a), F.extract(a, b), F.monthname(a), F.months_between(a, b), F.months_between(a, b, False), F.next_day(a, b), F.quarter(a)),
    "times-unix-date": shown(F.unix_date(a), F.weekday(a), F.dateadd(a, b), F.datediff(a, b), F.timestamp_add(a, b, c), F.timestamp_diff(a, b, c)),
    "times-curdate": shown(F.curdate(), F.current_time(), F.current_time(a), F.current_timezone(), F.localtimestamp(), F.now(), F.make_time(a, b, c)),
    "times-make-timestamp": shown(F.make_timestamp(a, b, c, d, e, f), F.make_timestamp(a, b, c, d, e, f, g), F.make_timestamp_ltz(a, b, c, d, e, f), F.make_timestamp_ltz(a, b, c, d, e, f, g), F.make_timestamp_ntz(a, b, c, d, e, f), F.try_make_timestamp(a, b, c, d, e, f), F.try_make_timestamp(a, b, c, d, e, f, g), F.try_make_timestamp_ltz(a, b, c, d, e, f), F.try_make_timestamp_ltz(a, b, c, d, e, f, g), F.try_make_timestamp_ntz(a, b, c, d, e, f)),
    "times-make-interval": shown(F.make_interval(years=a, months=b, weeks=c, days=d, hours=e, mins=f, secs=g), F.try_make_interval(years=a, months=b, weeks=c, days=d, hours=e, mins=f, secs=g), F.make_dt_interval(days=a, hours=b, mins=c, secs=d), F.make_ym_interval(years=a, months=b), F.to_time(a), F.to_time(a, b), F.try_to_time(a), F.try_to_time(a, b)),
    "times-to-timestamp-ltz": shown(F.to_timestamp_ltz(a), F.to_timestamp_ltz(a, b), F.to_timestamp_ntz(a), F.to_timestamp_ntz(a, b), F.to_unix_timestamp(a), F.to_unix_timestamp(a, b), F.time_bucket(a, b), F.time_bucket(a, b, c), F.time_diff(a, b, c), F.time_from_micros(a)),
    "times-time-from-millis": shown(F.time_from_millis(a), F.time_from_seconds(a), F.time_to_micros(a), F.time_to_millis(a), F.time_to_seconds(a), F.time_trunc(a, b)),
    "times-session-window": shown(F.session_window(a, b), F.window(a, "1 hour"), F.window(a, "1 hour", "10 minutes"), F.window(a, "1 hour", "10 minutes", "5 minutes"), F.window_time(a)),
    "times-now": shown(F.unix_timestamp()),
    "context-current-catalog": shown(F.current_catalog(), F.current_database(), F.current_path(), F.current_schema(), F.current_user(), F.session_user()),
    "context-user": shown(F.user(), F.version(), F.input_file_block_length(), F.input_file_block_start(), F.assert_true(a), F.assert_true(a, b), F.equal_null(a, b)),
    "context-isnotnull": shown(F.isnotnull(a), F.isnull(a), F.nvl(a, b), F.nvl2(a, b, c), F.java_method(a, b, c), F.reflect(a, b, c)),
    "context-try-reflect": shown(F.try_reflect(a, b, c), F.unwrap_udt(a), F.bucket(a, b), F.days(a), F.hours(a), F.months(a)),
    "context-years": shown(F.years(a), F.st_asbinary(a), F.st_asbinary(a, b), F.st_geogfromwkb(a), F.st_geomfromwkb(a), F.st_geomfromwkb(a, b), F.st_setsrid(a, b), F.st_srid(a)),
    "context-vector-avg": shown(plain("vector_avg", a), plain("vector_cosine_similarity", a, b), plain("vector_inner_product", a, b), plain("vector_l2_distance", a, b), plain("vector_norm", a), plain("vector_norm", a, b), plain("vector_normalize", a), plain("vector_normalize", a, b)),
    "context-vector-sum": shown(plain("vector_sum", a)),
    "context-orders-and-ids": shown(F.uuid(7), F.asc(a), F.asc_nulls_first(a), F.asc_nulls_last(a), F.desc(a), F.desc_nulls_first(a), F.desc_nulls_last(a)),
}
