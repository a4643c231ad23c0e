"""More functions of text, collections and formats; the twin of formats.ts."""

from pyspark.sql.connect import functions as F
from pyspark.sql.connect.avro import functions as A
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.expressions import UnresolvedFunction

lit = F.lit
a, b, c, d, e, f = (F.col("a"), F.col("b"), F.col("c"), F.col("d"), F.col("e"), F.col("f"))


def shown(*columns):
    return lambda spark: spark.read.table("events").select(*columns)


def plain(name, *words):
    """A function of SQL that PySpark has no name for."""
    return Column(UnresolvedFunction(name, [word._expr for word in words]))


PROGRAMS = {
    "text-chr": shown(F.chr(a), F.char_length(a), F.character_length(a), F.collate(a, b), F.collation(a), F.elt(a, b, c)),
    "text-find-in-set": shown(F.find_in_set(a, b), F.format_number(a, b), F.format_string(a, b, c), F.ilike(a, b), F.ilike(a, b, c), F.lcase(a), plain("len", a)),
    "text-luhn-check": shown(plain("luhn_check", a), F.mask(a), F.mask(a, b, c, d, e), F.position(a, b), F.position(a, b, c), F.printf(a, b, c), F.quote(a), F.regexp(a, b)),
    "text-regexp-like": shown(F.regexp_like(a, b), F.sentences(a), F.sentences(a, b, c), F.sha(a), F.soundex(a), plain("space", a), F.substr(a, b), F.substr(a, b, c)),
    "text-to-binary": shown(F.to_binary(a), F.to_binary(a, b), F.try_to_binary(a), F.try_to_binary(a, b), F.to_char(a, b), F.to_varchar(a, b), F.to_number(a, b), F.try_to_number(a, b)),
    "text-try-url-decode": shown(F.try_url_decode(a), F.try_validate_utf8(a), F.parse_url(a, b), F.parse_url(a, b, c), F.try_parse_url(a, b), F.try_parse_url(a, b, c), F.ucase(a), F.aes_encrypt(a, b), F.aes_encrypt(a, b, c, d, e, f)),
    "text-aes-decrypt": shown(F.aes_decrypt(a, b), F.aes_decrypt(a, b, c, d, e), F.try_aes_decrypt(a, b), F.try_aes_decrypt(a, b, c, d, e)),
    "text-like-escaped": shown(F.like(a, b, c), F.levenshtein(a, b, 3), F.trim(a, b), F.ltrim(a, b), F.rtrim(a, b), F.overlay(a, b, 3)),
    "collections-array-append": shown(F.array_append(a, b), F.array_insert(a, b, c), F.array_prepend(a, b), F.array_size(a), F.cardinality(a), F.shuffle(a, b)),
    "collections-map": shown(F.create_map(a, b, c), F.str_to_map(a), F.str_to_map(a, b, c), F.posexplode_outer(a), F.inline(a), F.inline_outer(a), F.stack(a, b, c)),
    "collections-is-valid-variant": shown(F.is_valid_variant(a)),
    "collections-lambdas": shown(F.reduce(a, lit(0), lambda total, x: total + x), F.array_sort(a), F.array_sort(a, lambda x, y: x - y), F.map_zip_with(a, b, lambda k, x, y: F.concat(k, x, y)), F.transform_keys(a, lambda k, x: F.concat(k, x))),
    "formats-json-array-length": shown(F.json_array_length(a), F.json_object_keys(a), F.json_tuple(a, b, c), F.from_csv(a, "x"), F.from_csv(a, "x", {"mode": "FAILFAST"}), F.schema_of_csv(a), F.schema_of_csv(a, {"sep": ";"}), F.to_csv(a), F.to_csv(a, {"sep": ";"})),
    "formats-from-xml": shown(F.from_xml(a, "x"), F.from_xml(a, "x", {"mode": "FAILFAST"}), F.schema_of_xml(a), F.schema_of_xml(a, {"sep": ";"}), F.to_xml(a), F.to_xml(a, {"sep": ";"}), F.xpath(a, b), F.xpath_boolean(a, b), F.xpath_double(a, b)),
    "formats-xpath-float": shown(F.xpath_float(a, b), F.xpath_int(a, b), F.xpath_long(a, b), F.xpath_number(a, b), F.xpath_short(a, b), F.xpath_string(a, b)),
    "formats-from-avro": shown(A.from_avro(a, "x"), A.from_avro(a, "x", {"mode": "FAILFAST"}), A.to_avro(a), A.to_avro(a, "x"), plain("schema_of_avro", a)),
    "formats-json-options": shown(F.to_json(a, {"pretty": "true"}), F.schema_of_json(a, {"mode": "FAILFAST"})),
}
