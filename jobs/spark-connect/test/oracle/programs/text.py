"""Functions of text and bytes; the twin of text.ts."""

from pyspark.sql.connect import functions as F

lit = F.lit
s, t, n = F.col("s"), F.col("t"), F.col("n")


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


PROGRAMS = {
    "text-case": shown(F.lower(s), F.upper(s), F.initcap(s)),
    "text-length": shown(F.length(s), F.octet_length(s), F.bit_length(s)),
    "text-trim": shown(F.trim(s), F.ltrim(s), F.rtrim(s)),
    "text-btrim": shown(F.btrim(s), F.btrim(s, lit("x"))),
    "text-pad": shown(F.lpad(s, 8, "0"), F.rpad(s, 8, " ")),
    "text-concat-ws": shown(F.concat_ws("-", s, t), F.concat_ws("", s)),
    "text-search": shown(F.instr(s, "a"), F.levenshtein(s, t), F.ascii(s)),
    "text-locate": shown(F.locate("a", s, 2)),
    "text-locate-default": shown(F.locate("a", s)),
    "text-tests": shown(F.contains(s, t), F.startswith(s, lit("a")), F.endswith(s, lit("a"))),
    "text-patterns": shown(F.like(s, lit("a%")), F.rlike(s, lit("^a"))),
    "text-regexp-extract": shown(F.regexp_extract(s, "(a)(b)", 2), F.regexp_extract_all(s, lit("(a)"), 1)),
    "text-regexp-extract-all-default": shown(F.regexp_extract_all(s, lit("(a)"))),
    "text-regexp-replace": shown(F.regexp_replace(s, "a+", "$0"), F.regexp_replace(s, t, lit(""))),
    "text-regexp-find": shown(F.regexp_count(s, lit("a")), F.regexp_substr(s, lit("a+"))),
    "text-regexp-instr": shown(F.regexp_instr(s, lit("a")), F.regexp_instr(s, lit("(a)"), 1)),
    "text-replace": shown(F.replace(s, lit("a"), lit("b")), F.replace(s, lit("a"))),
    "text-translate": shown(F.translate(s, "abc", "xyz"), F.overlay(s, lit("x"), lit(2), lit(3))),
    "text-substring": shown(F.substring(s, 1, 5), F.substring(s, n, n + 1)),
    "text-ends": shown(F.left(s, lit(3)), F.right(s, n)),
    "text-split": shown(F.split(s, ",", 2)),
    "text-split-default": shown(F.split(s, ",")),
    "text-split-part": shown(F.split_part(s, lit("."), lit(1)), F.substring_index(s, ".", -1)),
    "text-repeat": shown(F.repeat(s, 3), F.reverse(s), F.char(n)),
    "text-hex": shown(F.hex(s), F.unhex(s), F.conv(s, 16, 10)),
    "text-base64": shown(F.base64(s), F.unbase64(s)),
    "text-charset": shown(F.encode(s, "UTF-8"), F.decode(s, "UTF-16")),
    "text-utf8": shown(F.is_valid_utf8(s), F.make_valid_utf8(s), F.validate_utf8(s)),
    "text-digest": shown(F.md5(s), F.sha1(s), F.sha2(s, 256), F.crc32(s)),
    "text-url": shown(F.url_encode(s), F.url_decode(s)),
    "text-nested": shown(F.upper(F.trim(F.concat_ws(" ", F.lower(s), F.lit("x")))).alias("name")),
}
