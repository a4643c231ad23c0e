/** Decides which columns rows have that come without a schema: the types of all their values, so that each of them fits. */
import type { DdlField, DdlType, ScalarName } from './ddl.ts';
import { SparkError } from '../errors.ts';

/** Null is what no value says anything of. */
type Inferred = DdlType | null;

const MAX_INT = 2 ** 31 - 1;
/** Numbers, each fit for all that those before it hold. */
const WIDER: readonly ScalarName[] = ['INT', 'BIGINT', 'DOUBLE'];

/** @throws SparkError `usage` for a column of unlike values, or of none: it names the column, and the row that differs */
export function inferredFields(rows: readonly object[]): readonly DdlField[] {
  const columns = new Map<string, Inferred>();
  for (const [index, row] of rows.entries()) {
    for (const [name, value] of Object.entries(row)) {
      const place = `Row ${index}, column ${name}`;
      columns.set(name, merged(columns.get(name) ?? null, typeOf(value, place), place));
    }
  }
  if (columns.size === 0) throw new SparkError('usage', 'Rows without a column need a schema in DDL.');
  return [...columns].map(([name, type]) => fieldOf(name, type, name));
}

function fieldOf(name: string, type: Inferred, place: string): DdlField {
  return { name, type: known(type, place), isNullable: true };
}

/** A nested type is known once all of its parts are. */
function known(type: Inferred, place: string): DdlType {
  if (type === null || type.kind === 'scalar' || type.kind === 'decimal') {
    if (type !== null) return type;
    throw new SparkError('usage', `Column ${place} has no value that says its type: give a schema in DDL.`);
  }
  if (type.kind === 'array') return { kind: 'array', element: known(type.element, `${place}[]`) };
  if (type.kind === 'map')
    return { kind: 'map', key: known(type.key, `${place}.key`), value: known(type.value, `${place}.value`) };
  return {
    kind: 'struct',
    fields: type.fields.map(({ name, type: inner }) => fieldOf(name, inner, `${place}.${name}`)),
  };
}

const scalar = (name: ScalarName): DdlType => ({ kind: 'scalar', name });
/** Parts of a nested type may be unknown until the last row is seen; {@link known} lets none out. */
const unknownYet = (type: Inferred): DdlType => type as DdlType;

function typeOf(value: unknown, place: string): Inferred {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return scalar('BOOLEAN');
  if (typeof value === 'string') return scalar('STRING');
  if (typeof value === 'bigint') return scalar('BIGINT');
  if (typeof value === 'number') return scalar(numberName(value));
  if (value instanceof Date) return scalar('TIMESTAMP');
  if (value instanceof Uint8Array) return scalar('BINARY');
  if (Array.isArray(value)) return { kind: 'array', element: common(value, `${place}[]`) };
  if (value instanceof Map) {
    const [keys, values] = [[...value.keys()], [...value.values()]] as const;
    return { kind: 'map', key: common(keys, `${place}.key`), value: common(values, `${place}.value`) };
  }
  if (typeof value !== 'object') throw new SparkError('usage', `${place}: a ${typeof value} has no type of Spark.`);
  const fields = Object.entries(value).map(([name, inner]) => ({
    name,
    type: unknownYet(typeOf(inner, `${place}.${name}`)),
    isNullable: true,
  }));
  return { kind: 'struct', fields };
}

/** Other numbers are INT or BIGINT in a literal; so they are here, as long as all of the column are. */
function numberName(value: number): ScalarName {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return 'DOUBLE';
  return Math.abs(value) <= MAX_INT ? 'INT' : 'BIGINT';
}

function common(values: readonly unknown[], place: string): DdlType {
  return unknownYet(values.reduce<Inferred>((type, value) => merged(type, typeOf(value, place), place), null));
}

function merged(first: Inferred, second: Inferred, place: string): Inferred {
  if (first === null || second === null) return first ?? second;
  if (first.kind === 'scalar' && second.kind === 'scalar') {
    if (first.name === second.name) return first;
    const [one, other] = [WIDER.indexOf(first.name), WIDER.indexOf(second.name)];
    if (one !== -1 && other !== -1) return one > other ? first : second;
  }
  if (first.kind === 'array' && second.kind === 'array')
    return { kind: 'array', element: unknownYet(merged(first.element, second.element, place)) };
  if (first.kind === 'map' && second.kind === 'map') {
    const [key, value] = [merged(first.key, second.key, place), merged(first.value, second.value, place)];
    return { kind: 'map', key: unknownYet(key), value: unknownYet(value) };
  }
  if (first.kind === 'struct' && second.kind === 'struct') return mergedStructs(first.fields, second.fields, place);
  throw new SparkError('usage', `${place}: its type is unlike that of the rows before it: give a schema in DDL.`);
}

function mergedStructs(first: readonly DdlField[], second: readonly DdlField[], place: string): DdlType {
  const types = new Map<string, Inferred>(first.map(({ name, type }) => [name, type]));
  for (const { name, type } of second) types.set(name, merged(types.get(name) ?? null, type, `${place}.${name}`));
  return {
    kind: 'struct',
    fields: [...types].map(([name, type]) => ({ name, type: unknownYet(type), isNullable: true })),
  };
}
