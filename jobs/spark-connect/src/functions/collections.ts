/** Functions of arrays, maps, structs and variants. */
import { call, Column, type Operand } from '../column.ts';
import { many, one, oneAnd, three, two, twoOrThree } from './call.ts';
import { lambda } from './lambda.ts';

type Predicate = (element: Column) => Column;
type Mapping = (element: Column, index: Column) => Column;

const withIndex = (body: Mapping): Column => lambda(body.length >= 2 ? 2 : 1, body);

export const collections = {
  // Arrays. Positions count from 1, from the end where negative.
  array: many('array'),
  /** Without nulls. */
  arrayCompact: one('array_compact'),
  arrayContains: two('array_contains'),
  arrayDistinct: one('array_distinct'),
  /** What the second does not hold, once each. */
  arrayExcept: two('array_except'),
  arrayIntersect: two('array_intersect'),
  /** Text; nulls are left out unless a third argument stands for them. */
  arrayJoin: twoOrThree('array_join'),
  arrayMax: one('array_max'),
  arrayMin: one('array_min'),
  arrayPosition: two('array_position'),
  arrayRemove: two('array_remove'),
  arrayRepeat: two('array_repeat'),
  arrayUnion: two('array_union'),
  arraysOverlap: two('arrays_overlap'),
  arraysZip: many('arrays_zip'),
  /** Of an array by position, of a map by key; a missing position is an error, a missing key is null. */
  elementAt: two('element_at'),
  /** As {@link elementAt}, null for a missing position. */
  tryElementAt: two('try_element_at'),
  /** One row for each element; none for an empty array or null. */
  explode: one('explode'),
  /** As {@link explode}, but one row with null for an empty array or null. */
  explodeOuter: one('explode_outer'),
  flatten: one('flatten'),
  /** Element by position from 0, null outside. */
  get: two('get'),
  posexplode: one('posexplode'),
  sequence: twoOrThree('sequence'),
  /** Of an array or a map. */
  size: one('size'),
  /** `slice(array, from, length)`. */
  slice: three('slice'),
  /** Ascending with nulls first, or `false` for descending with nulls last. */
  sortArray: oneAnd('sort_array', true),

  // Functions of functions.
  /** Folds an array: `aggregate(array, zero, (total, element) => …)`; the type is that of zero. */
  aggregate: (
    column: Operand,
    zero: Operand,
    merge: (total: Column, element: Column) => Column,
    finish?: (total: Column) => Column,
  ): Column => {
    const merged = lambda(2, merge);
    return finish === undefined
      ? call('aggregate', column, zero, merged)
      : call('aggregate', column, zero, merged, lambda(1, finish));
  },
  /** True where the predicate holds for an element. */
  exists: (column: Operand, predicate: Predicate): Column => call('exists', column, withIndex(predicate)),
  filter: (column: Operand, predicate: Mapping): Column => call('filter', column, withIndex(predicate)),
  forall: (column: Operand, predicate: Predicate): Column => call('forall', column, withIndex(predicate)),
  /** Each element by itself; the index, from 0, where the body takes two. */
  transform: (column: Operand, body: Mapping): Column => call('transform', column, withIndex(body)),
  zipWith: (first: Operand, second: Operand, merge: (first: Column, second: Column) => Column): Column =>
    call('zip_with', first, second, lambda(2, merge)),
  transformValues: (column: Operand, body: (key: Column, value: Column) => Column): Column =>
    call('transform_values', column, lambda(2, body)),
  mapFilter: (column: Operand, body: (key: Column, value: Column) => Column): Column =>
    call('map_filter', column, lambda(2, body)),

  // Maps.
  mapConcat: many('map_concat'),
  mapContainsKey: two('map_contains_key'),
  mapEntries: one('map_entries'),
  mapFromArrays: two('map_from_arrays'),
  mapFromEntries: one('map_from_entries'),
  mapKeys: one('map_keys'),
  mapValues: one('map_values'),

  // Structs.
  /** From an object, with its keys as names in their order; or from columns, with their own names. */
  struct: (...columns: readonly [Readonly<Record<string, Operand>>] | readonly Operand[]): Column => {
    const [first] = columns;
    return columns.length === 1 && isFields(first)
      ? namedStruct(first)
      : call('struct', ...(columns as readonly Operand[]));
  },
  namedStruct,

  // JSON and variants.
  /** JSON text to a type in DDL; what does not fit is null. */
  fromJson: (column: Operand, type: string, options: Readonly<Record<string, string>> = {}): Column => {
    const pairs = Object.entries(options).flat();
    return pairs.length === 0
      ? call('from_json', column, type)
      : call('from_json', column, type, call('map', ...pairs));
  },
  toJson: one('to_json'),
  getJsonObject: two('get_json_object'),
  parseJson: one('parse_json'),
  /** Null for what is not JSON. */
  tryParseJson: one('try_parse_json'),
  schemaOfJson: one('schema_of_json'),
  /** The type of one variant as text, such as `OBJECT<a: BIGINT>`. */
  schemaOfVariant: one('schema_of_variant'),
  /** `variantGet(variant, '$.a[0]', 'string')`; a value that does not fit the type is an error. */
  variantGet: three('variant_get'),
  /** As {@link variantGet}, null for a value that does not fit. */
  tryVariantGet: three('try_variant_get'),
  toVariantObject: one('to_variant_object'),
  isVariantNull: one('is_variant_null'),
} as const;

function namedStruct(fields: Readonly<Record<string, Operand>>): Column {
  return call('named_struct', ...Object.entries(fields).flat());
}

function isFields(value: unknown): value is Readonly<Record<string, Operand>> {
  const isLiteral = value === null || typeof value !== 'object' || value instanceof Uint8Array || value instanceof Date;
  return !isLiteral && !(value instanceof Column);
}
