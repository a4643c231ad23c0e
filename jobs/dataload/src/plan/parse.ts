/** One raw line to its fields, each with the type it has in the JSON. Decides what a well-formed line is. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';

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
  /** The names of the object's members, known and unknown. */
  readonly keys: Column;
  /** The field's text, null where it is missing or no string. */
  text(field: string): Column;
  /** The field's JSON type as Spark names it (`STRING`, `BIGINT`, `VOID`, …), null where it is missing. */
  type(field: string): Column;
}

export const parsed: Parsed = {
  isUtf8: F.col('is_utf8'),
  isTombstone: F.col('is_tombstone'),
  isBlank: F.col('is_blank'),
  isObject: F.col('is_object'),
  keys: F.col('keys'),
  text: (field) => F.col(textColumn(field)),
  type: (field) => F.col(typeColumn(field)),
};

/**
 * @param lines a frame with a `value` column, one raw line a row; null for a tombstone
 * @param fields the names of the known fields
 */
export function parse(lines: DataFrame, fields: readonly string[]): DataFrame {
  const line = F.col('line');
  // The wrapping is what finds text after the object, a stray brace or a second object: Spark's parser stops at the first value.
  const wrapped = F.tryParseJson(F.concat(F.lit('{"r":'), line, F.lit(',"end":1}')));
  const member = (field: string) => F.tryElementAt(F.col('members'), F.lit(field));
  return lines
    .withColumns({
      line: withoutByteOrderMark(F.col('value')),
      is_utf8: F.coalesce(F.isValidUtf8(F.col('value')), F.lit(true)),
      is_tombstone: F.col('value').isNull(),
    })
    .withColumns({
      is_blank: F.coalesce(F.btrim(line, F.lit(' \t\r\n')).eq(''), F.lit(false)),
      json: F.when(F.col('is_utf8'), wrapped),
    })
    .withColumns({
      envelope: F.tryVariantGet(F.col('json'), '$', 'map<string,variant>'),
      members: F.tryVariantGet(F.col('json'), '$.r', 'map<string,variant>'),
    })
    .withColumns({
      is_object: F.coalesce(
        F.size(F.col('envelope')).eq(2).and(hasEnd()).and(F.col('members').isNotNull()),
        F.lit(false),
      ),
      keys: F.mapKeys(F.col('members')),
      ...Object.fromEntries(
        fields.flatMap((field) => [
          [typeColumn(field), F.schemaOfVariant(member(field))],
          [memberColumn(field), F.tryVariantGet(member(field), '$', 'string')],
        ]),
      ),
    })
    .withColumns(
      Object.fromEntries(
        fields.map((field) => [
          textColumn(field),
          F.when(F.col(typeColumn(field)).eq('STRING'), F.col(memberColumn(field))),
        ]),
      ),
    );
}

const hasEnd = (): Column => F.mapContainsKey(F.col('envelope'), F.lit('end'));
const textColumn = (field: string): string => `text_${field}`;
const typeColumn = (field: string): string => `type_${field}`;
const memberColumn = (field: string): string => `member_${field}`;

function withoutByteOrderMark(value: Column): Column {
  return F.when(F.startsWith(value, F.lit('\ufeff')), F.substring(value, 2, F.length(value))).otherwise(value);
}
