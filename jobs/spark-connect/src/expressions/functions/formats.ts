/** Functions of JSON, variants, CSV, XML and Avro. */
import { one, oneAndMany, oneOrTwo, textWithOptions, three, two, typed, withOptions } from './call.ts';

export const formats = {
  // JSON and variants.
  /** JSON text to a type in DDL; what does not fit is null. Options may follow. PySpark: `from_json`. */
  fromJson: typed('from_json'),
  /** A struct, map, array or variant as JSON text; options may follow. PySpark: `to_json`. */
  toJson: withOptions('to_json'),
  /** What JSON text has at a path such as `$.a[0]`, as text; null where nothing is. PySpark: `get_json_object`. */
  getJsonObject: two('get_json_object'),
  /** JSON text to a variant; what is not JSON is an error. PySpark: `parse_json`. */
  parseJson: one('parse_json'),
  /** Null for what is not JSON. PySpark: `try_parse_json`. */
  tryParseJson: one('try_parse_json'),
  /** The type in DDL of one JSON text, a literal. PySpark: `schema_of_json`. */
  schemaOfJson: textWithOptions('schema_of_json'),
  /** The type of one variant as text, such as `OBJECT<a: BIGINT>`. PySpark: `schema_of_variant`. */
  schemaOfVariant: one('schema_of_variant'),
  /** `variantGet(variant, '$.a[0]', 'string')`; a value that does not fit the type is an error. PySpark: `variant_get`. */
  variantGet: three('variant_get'),
  /** As {@link variantGet}, null for a value that does not fit. PySpark: `try_variant_get`. */
  tryVariantGet: three('try_variant_get'),
  /** A struct, map or array as a variant. PySpark: `to_variant_object`. */
  toVariantObject: one('to_variant_object'),
  /** True for the null of JSON, not for that of SQL. PySpark: `is_variant_null`. */
  isVariantNull: one('is_variant_null'),
  /** Whether the bytes of a variant are right. PySpark: `is_valid_variant`. */
  isValidVariant: one('is_valid_variant'),

  // JSON.
  /** Of the outermost array of JSON text; null for anything else. PySpark: `json_array_length`. */
  jsonArrayLength: one('json_array_length'),
  /** Of the outermost object of JSON text, an array; null for anything else. PySpark: `json_object_keys`. */
  jsonObjectKeys: one('json_object_keys'),
  /** `jsonTuple(json, 'a', 'b')`: the values of these keys as columns `c0`, `c1`, … PySpark: `json_tuple`. */
  jsonTuple: oneAndMany('json_tuple'),

  // CSV and XML.
  /** A line of CSV to a struct in DDL; options may follow. PySpark: `from_csv`. */
  fromCsv: typed('from_csv'),
  /** The type in DDL of one line of CSV, a literal. PySpark: `schema_of_csv`. */
  schemaOfCsv: textWithOptions('schema_of_csv'),
  /** A struct as a line of CSV. PySpark: `to_csv`. */
  toCsv: withOptions('to_csv'),
  /** XML text to a struct in DDL; options may follow. PySpark: `from_xml`. */
  fromXml: typed('from_xml'),
  /** The type in DDL of one XML text, a literal. PySpark: `schema_of_xml`. */
  schemaOfXml: textWithOptions('schema_of_xml'),
  /** A struct as XML text. PySpark: `to_xml`. */
  toXml: withOptions('to_xml'),
  /** The texts at a path of XML, an array. PySpark: `xpath`. */
  xpath: two('xpath'),
  /** Whether the path is there, or is true. PySpark: `xpath_boolean`. */
  xpathBoolean: two('xpath_boolean'),
  /** DOUBLE; 0 without a match, NaN for what is no number. PySpark: `xpath_double`. */
  xpathDouble: two('xpath_double'),
  /** FLOAT, as {@link xpathDouble}. PySpark: `xpath_float`. */
  xpathFloat: two('xpath_float'),
  /** INT; 0 without a match or for what is no number. PySpark: `xpath_int`. */
  xpathInt: two('xpath_int'),
  /** BIGINT, as {@link xpathInt}. PySpark: `xpath_long`. */
  xpathLong: two('xpath_long'),
  /** As {@link xpathDouble}. PySpark: `xpath_number`. */
  xpathNumber: two('xpath_number'),
  /** SMALLINT, as {@link xpathInt}. PySpark: `xpath_short`. */
  xpathShort: two('xpath_short'),
  /** The text of the first match. PySpark: `xpath_string`. */
  xpathString: two('xpath_string'),

  // Avro and Protocol Buffers, whose jars the server needs.
  /** Bytes of Avro by a schema in JSON; options may follow. PySpark: `from_avro`. */
  fromAvro: typed('from_avro'),
  /** As bytes of Avro, by a schema in JSON where one is given. PySpark: `to_avro`. */
  toAvro: oneOrTwo('to_avro'),
  /** The type in DDL of a schema in JSON, a literal. Not in PySpark. */
  schemaOfAvro: textWithOptions('schema_of_avro'),
} as const;
