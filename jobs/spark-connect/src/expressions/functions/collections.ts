/** Functions of arrays, maps and structs. */
import { call, Column, type Operand } from '../column.ts';
import { defaults, many, one, oneAnd, type Subject, subject, subjects, three, two, twoOrThree } from './call.ts';
import { lambda } from './lambda.ts';

type Predicate = (element: Column) => Column;
type Mapping = (element: Column, index: Column) => Column;

type Merge = (total: Column, element: Column) => Column;

const folded =
  (name: string) =>
  (column: Subject, zero: Operand, merge: Merge, finish?: (total: Column) => Column): Column =>
    call(name, subject(name, column), zero, lambda(2, merge), ...(finish === undefined ? [] : [lambda(1, finish)]));

const withIndex = (body: Mapping): Column => lambda(body.length >= 2 ? 2 : 1, body);

export const collections = {
  // Arrays. Positions count from 1, from the end where negative.
  /** Of these values, all of one type. PySpark: `array`. */
  array: (...values: readonly Operand[]): Column => call('array', ...values),
  /** Without nulls. PySpark: `array_compact`. */
  arrayCompact: one('array_compact'),
  /** Whether the array has the value. PySpark: `array_contains`. */
  arrayContains: two('array_contains'),
  /** Each element once. PySpark: `array_distinct`. */
  arrayDistinct: one('array_distinct'),
  /** What the second does not hold, once each. PySpark: `array_except`. */
  arrayExcept: two('array_except'),
  /** What both hold, once each. PySpark: `array_intersect`. */
  arrayIntersect: two('array_intersect'),
  /** Text; nulls are left out unless a third argument stands for them. PySpark: `array_join`. */
  arrayJoin: twoOrThree('array_join'),
  /** The greatest element, nulls left out. PySpark: `array_max`. */
  arrayMax: one('array_max'),
  /** The least element, nulls left out. PySpark: `array_min`. */
  arrayMin: one('array_min'),
  /** Of the first such element; 0 where there is none. PySpark: `array_position`. */
  arrayPosition: two('array_position'),
  /** Without the elements of this value. PySpark: `array_remove`. */
  arrayRemove: two('array_remove'),
  /** The value n times. PySpark: `array_repeat`. */
  arrayRepeat: two('array_repeat'),
  /** What one of both holds, once each. PySpark: `array_union`. */
  arrayUnion: two('array_union'),
  /** Whether both hold an element that is equal and not null. PySpark: `arrays_overlap`. */
  arraysOverlap: two('arrays_overlap'),
  /** An array of structs: first with first, second with second; null where one is shorter. PySpark: `arrays_zip`. */
  arraysZip: many('arrays_zip'),
  /** Of an array by position, of a map by key; a missing position is an error, a missing key null. PySpark: `element_at`. */
  elementAt: two('element_at'),
  /** As {@link elementAt}, null for a missing position. PySpark: `try_element_at`. */
  tryElementAt: two('try_element_at'),
  /** One row for each element; none for an empty array or null. PySpark: `explode`. */
  explode: one('explode'),
  /** As {@link explode}, but one row with null for an empty array or null. PySpark: `explode_outer`. */
  explodeOuter: one('explode_outer'),
  /** An array of arrays as one array, one level less. PySpark: `flatten`. */
  flatten: one('flatten'),
  /** Element by position from 0, null outside. PySpark: `get`. */
  get: two('get'),
  /** As {@link explode}, with a column `pos` before it, from 0. PySpark: `posexplode`. */
  posexplode: one('posexplode'),
  /** From the first to the second, both included; a third argument is the step. PySpark: `sequence`. */
  sequence: twoOrThree('sequence'),
  /** Of an array or a map, INT. PySpark: `size`. */
  size: one('size'),
  /** `slice(array, from, length)`. PySpark: `slice`. */
  slice: three('slice'),
  /** Ascending with nulls first, or `false` for descending with nulls last. PySpark: `sort_array`. */
  sortArray: oneAnd('sort_array', true),
  /** One more element, at the end. PySpark: `array_append`. */
  arrayAppend: two('array_append'),
  /** `arrayInsert(array, position, value)`. PySpark: `array_insert`. */
  arrayInsert: three('array_insert'),
  /** One more element, at the front. PySpark: `array_prepend`. */
  arrayPrepend: two('array_prepend'),
  /** INT; null for null. PySpark: `array_size`. */
  arraySize: one('array_size'),
  /** As {@link size}. PySpark: `cardinality`. */
  cardinality: one('cardinality'),
  /** In another order, by a seed. PySpark: `shuffle`. */
  shuffle: two('shuffle'),
  /** As {@link posexplode}, but one row of nulls for an empty array or null. PySpark: `posexplode_outer`. */
  posexplodeOuter: one('posexplode_outer'),
  /** An array of structs: one row for each, one column for each field. PySpark: `inline`. */
  inline: one('inline'),
  /** As {@link inline}, but one row of nulls for an empty array or null. PySpark: `inline_outer`. */
  inlineOuter: one('inline_outer'),
  /** `stack(n, …)`: the values in n rows. PySpark: `stack`. */
  stack: many('stack'),

  // Functions of functions.
  /** Folds an array: `aggregate(array, zero, (total, element) => …)`; the type is that of zero. PySpark: `aggregate`. */
  aggregate: folded('aggregate'),
  /** True where the predicate holds for an element. PySpark: `exists`. */
  exists: (column: Subject, predicate: Predicate): Column =>
    call('exists', subject('exists', column), withIndex(predicate)),
  /** The elements for which it holds; the index, from 0, where the body takes two. PySpark: `filter`. */
  filter: (column: Subject, predicate: Mapping): Column =>
    call('filter', subject('filter', column), withIndex(predicate)),
  /** True where the predicate holds for every element, also for none. PySpark: `forall`. */
  forall: (column: Subject, predicate: Predicate): Column =>
    call('forall', subject('forall', column), withIndex(predicate)),
  /** Each element by itself; the index, from 0, where the body takes two. PySpark: `transform`. */
  transform: (column: Subject, body: Mapping): Column =>
    call('transform', subject('transform', column), withIndex(body)),
  /** Two arrays, element by element; null stands for what the shorter one has not. PySpark: `zip_with`. */
  zipWith: (first: Subject, second: Operand, merge: (first: Column, second: Column) => Column): Column =>
    call('zip_with', subject('zip_with', first), second, lambda(2, merge)),
  /** As {@link aggregate}. PySpark: `reduce`. */
  reduce: folded('reduce'),
  /** By a comparison of two elements, which gives a number; ascending with nulls last without one. PySpark: `array_sort`. */
  arraySort: (column: Subject, compare?: (first: Column, second: Column) => Column): Column =>
    compare === undefined
      ? call('array_sort', subject('array_sort', column))
      : call('array_sort', subject('array_sort', column), lambda(2, compare)),
  /** Two maps, key by key; null stands for what one of them has not. PySpark: `map_zip_with`. */
  mapZipWith: (
    first: Subject,
    second: Operand,
    merge: (key: Column, first: Column, second: Column) => Column,
  ): Column => call('map_zip_with', subject('map_zip_with', first), second, lambda(3, merge)),
  /** The map with other keys. PySpark: `transform_keys`. */
  transformKeys: (column: Subject, body: (key: Column, value: Column) => Column): Column =>
    call('transform_keys', subject('transform_keys', column), lambda(2, body)),
  /** The map with other values. PySpark: `transform_values`. */
  transformValues: (column: Subject, body: (key: Column, value: Column) => Column): Column =>
    call('transform_values', subject('transform_values', column), lambda(2, body)),
  /** The entries for which it holds. PySpark: `map_filter`. */
  mapFilter: (column: Subject, body: (key: Column, value: Column) => Column): Column =>
    call('map_filter', subject('map_filter', column), lambda(2, body)),

  // Maps.
  /** One map of all; a key that comes twice is an error. PySpark: `map_concat`. */
  mapConcat: many('map_concat'),
  /** Whether the map has the key. PySpark: `map_contains_key`. */
  mapContainsKey: two('map_contains_key'),
  /** An array of structs of `key` and `value`. PySpark: `map_entries`. */
  mapEntries: one('map_entries'),
  /** Of keys and their values. PySpark: `map_from_arrays`. */
  mapFromArrays: two('map_from_arrays'),
  /** Back from {@link mapEntries}. PySpark: `map_from_entries`. */
  mapFromEntries: one('map_from_entries'),
  /** An array, in no fixed order. PySpark: `map_keys`. */
  mapKeys: one('map_keys'),
  /** An array, in the order of {@link mapKeys}. PySpark: `map_values`. */
  mapValues: one('map_values'),
  /** Of keys and values in turn. PySpark: `create_map`. */
  createMap: many('map'),
  /** Text such as `a:1,b:2`; separators of entries and of key and value may follow. PySpark: `str_to_map`. */
  strToMap: defaults('str_to_map', 1, [',', ':']),

  // Structs.
  /** From an object, with its keys as names in their order; or from columns, with their own names. PySpark: `struct`. */
  struct: (...columns: readonly [Readonly<Record<string, Operand>>] | readonly Operand[]): Column => {
    const [first] = columns;
    return columns.length === 1 && isFields(first)
      ? namedStruct(first)
      : call('struct', ...subjects('struct', columns as readonly Operand[]));
  },
  /** From an object, with its keys as names in their order. PySpark: `named_struct`. */
  namedStruct,
} as const;

function namedStruct(fields: Readonly<Record<string, Operand>>): Column {
  return call('named_struct', ...Object.entries(fields).flat());
}

function isFields(value: unknown): value is Readonly<Record<string, Operand>> {
  const isLiteral = value === null || typeof value !== 'object' || value instanceof Uint8Array || value instanceof Date;
  return !isLiteral && !(value instanceof Column);
}
