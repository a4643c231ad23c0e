/** One raw line to its fields, each with the type it has in the JSON. Decides what a well-formed line is. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';
import { withoutHalfCharacters } from './half-characters.ts';
import { exceededLimit } from './parser-limits.ts';

/** Columns that {@link parse} adds. */
export interface Parsed {
  /** Bytes that are UTF-8. */
  readonly isUtf8: Column;
  /** No line at all: a record without a value. */
  readonly isTombstone: Column;
  /** JSON white space only: counted, not judged. */
  readonly isBlank: Column;
  /** Exactly one JSON object without duplicate keys, and nothing after it. */
  readonly isObject: Column;
  /** Which of {@link PARSER_LIMITS} a line exceeds that is not empty and could not be parsed; null where none. */
  readonly exceededLimit: Column;
  /** The names of the object's members, known and unknown; null for a plain line, which has the known ones and no other. */
  readonly keys: Column;
  /** The field's text, null where it is missing or no string. */
  text(field: string): Column;
  /** Whether the field is there and neither a string nor null; null where it is missing. */
  hasWrongType(field: string): Column;
  /** Whether an object lacks the field, or has null there. */
  isMissing(field: string): Column;
}

/** One object whose members are the known fields, each of them a string. Most lines of most days are. */
const isPlain = F.col('is_plain');
/** Of a line that is not plain: member to JSON type. */
const types = F.col('types');

export const parsed: Parsed = {
  isUtf8: F.col('is_utf8'),
  isTombstone: F.col('is_tombstone'),
  isBlank: F.col('is_blank'),
  isObject: F.col('is_object'),
  exceededLimit: F.col('exceeded_limit'),
  keys: F.mapKeys(types),
  text: (field) => F.col(textColumn(field)),
  hasWrongType: (field) => typeOf(field).isin('STRING', 'VOID').not(),
  isMissing: (field) => isPlain.not().and(F.coalesce(typeOf(field), F.lit('VOID')).eq('VOID')),
};

/** The field's JSON type as Spark names it (`STRING`, `BIGINT`, `VOID`, …); null where it is missing, and for a plain line. */
const typeOf = (field: string): Column => F.tryElementAt(types, F.lit(field));

/**
 * @param lines a frame with a `value` column, one raw line a row; null for a tombstone
 * @param fields the names of the known fields
 */
export function parse(lines: DataFrame, fields: readonly string[]): DataFrame {
  const [line, json] = [F.col('line'), F.col('json')];
  // The wrapping is what finds text after the object, a stray brace or a second object: Spark's parser stops at the first value.
  const wrapped = (text: Column): Column => F.tryParseJson(F.concat(F.lit('{"r":'), text, F.lit(',"end":1}')));
  const envelope = F.tryVariantGet(json, '$', 'map<string,variant>');
  const members = F.tryVariantGet(json, '$.r', 'map<string,variant>');
  return lines
    .withColumns({
      line: withoutByteOrderMark(F.col('value')),
      is_utf8: F.coalesce(F.isValidUtf8(F.col('value')), F.lit(true)),
      is_tombstone: F.col('value').isNull(),
    })
    .withColumns({ json: F.when(F.col('is_utf8'), F.coalesce(wrapped(line), wrapped(withoutHalfCharacters(line)))) })
    .withColumns({
      // What parses is not blank, so most lines need not be trimmed.
      is_blank: F.when(json.isNull(), F.coalesce(F.btrim(line, F.lit(' \t\r\n')).eq(''), F.lit(false))).otherwise(
        false,
      ),
      exceeded_limit: F.when(json.isNull().and(F.col('is_utf8')), exceededLimit(line)),
      is_plain: F.coalesce(F.schemaOfVariant(json).eq(plainShape(fields)), F.lit(false)),
      texts: F.tryVariantGet(json, '$.r', `struct<${fields.map((field) => `\`${field}\`: string`).join(', ')}>`),
    })
    .withColumns({
      // One text says all of a plain line; only the others are looked at member by member.
      types: F.when(
        isPlain.not(),
        F.transformValues(members, (_name, value) => F.schemaOfVariant(value)),
      ),
    })
    .withColumns({
      is_object: F.coalesce(
        isPlain.or(
          F.size(envelope)
            .eq(2)
            .and(F.mapContainsKey(envelope, F.lit('end')))
            .and(types.isNotNull()),
        ),
        F.lit(false),
      ),
      ...Object.fromEntries(
        fields.map((field) => [
          textColumn(field),
          F.when(isPlain.or(typeOf(field).eq('STRING')), F.col('texts').getField(field)),
        ]),
      ),
    });
}

/** As Spark writes the type of a wrapped plain line: members in the order of their names. */
const plainShape = (fields: readonly string[]): string => {
  const members = fields.toSorted().map((field) => `${field}: STRING`);
  return `OBJECT<end: BIGINT, r: OBJECT<${members.join(', ')}>>`;
};

const textColumn = (field: string): string => `text_${field}`;

function withoutByteOrderMark(value: Column): Column {
  return F.when(F.startsWith(value, F.lit('\ufeff')), F.substring(value, 2, F.length(value))).otherwise(value);
}
