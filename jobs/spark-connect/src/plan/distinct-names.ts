/** Decides whether rows can be objects: two values of one name would be one. */
import { SparkError } from '../errors.ts';
import type { DataType } from '../gen/spark/connect/types_pb.js';

/** @param where such as `A struct has two fields`. @throws SparkError `usage` */
export function assertDistinct(names: readonly string[], where: string): void {
  if (new Set(names).size === names.length) return;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  throw new SparkError('usage', `${where} named "${twice}": give one of them another name by as().`);
}

/** @param path the names that lead to a struct; none for the columns themselves. @throws SparkError `usage` */
export function assertDistinctIn(names: readonly string[], path: readonly string[]): void {
  const isTop = path.length === 0;
  assertDistinct(
    names,
    isTop ? 'The result has two columns' : `The struct "${path.join('.')}" of the result has two fields`,
  );
}

/**
 * A server renames such fields in the rows that it sends (`a_0`, `a_1`), so only the schema tells.
 * @throws SparkError `usage` for two columns, or two fields of a struct, of one name
 */
export function assertDistinctNames(type: DataType, path: readonly string[] = []): void {
  const { kind } = type;
  if (kind.case === 'struct')
    assertDistinctIn(
      kind.value.fields.map(({ name }) => name),
      path,
    );
  assertDistinctInColumns(type, path);
}

/** As {@link assertDistinctNames}, while the columns themselves may have any names. */
export function assertDistinctInColumns({ kind }: DataType, path: readonly string[] = []): void {
  const inside = (type: DataType | undefined, name: string): void => {
    if (type !== undefined) assertDistinctNames(type, [...path, name]);
  };
  if (kind.case === 'struct') for (const { name, dataType } of kind.value.fields) inside(dataType, name);
  if (kind.case === 'array') inside(kind.value.elementType, 'element');
  if (kind.case === 'map') {
    inside(kind.value.keyType, 'key');
    inside(kind.value.valueType, 'value');
  }
}
