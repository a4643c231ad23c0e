/** Rows and values that are missing: `frame.na`. */
import type { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import type { Relation } from '../plan/relation.ts';
import { dropNulls, fillNulls, type FillValue, type ReplaceValue, replaceValues } from '../plan/reshape.ts';

export interface DropOptions {
  /** `any`: rows with a null go; `all`: rows of nulls only. `any` unless said. */
  readonly how?: 'any' | 'all';
  /** How many values a row needs to stay; wins over `how`. */
  readonly minNonNulls?: number;
  /** The columns that count; all unless said. */
  readonly columns?: readonly string[];
}

/** PySpark: `DataFrameNaFunctions`, as `df.na`. */
export class DataFrameNulls {
  readonly #with: (change: (input: Relation) => Relation) => DataFrame;

  /** Made by a frame, not by callers. */
  constructor(change: (change: (input: Relation) => Relation) => DataFrame) {
    this.#with = change;
  }

  /** Without rows that miss values. PySpark: `na.drop`. */
  drop({ how = 'any', minNonNulls = how === 'all' ? 1 : undefined, columns = [] }: DropOptions = {}): DataFrame {
    if (how !== 'any' && how !== 'all') throw new SparkError('usage', `"${String(how)}" is not how rows go: any, all.`);
    return this.#with((input) => dropNulls(input, columns, minNonNulls));
  }

  /**
   * A value in place of nulls, in columns of its type; or values by column: `fill({ n: 0, s: '' })`. PySpark: `na.fill`.
   * @param columns without values by column: only these
   */
  fill(value: FillValue | Readonly<Record<string, FillValue>>, columns: readonly string[] = []): DataFrame {
    if (typeof value !== 'object') return this.#with((input) => fillNulls(input, columns, [value]));
    const names = Object.keys(value);
    if (names.length === 0) throw new SparkError('usage', 'fill needs a value, or at least one by its column.');
    return this.#with((input) => fillNulls(input, names, Object.values(value)));
  }

  /** Values in place of others: `replace(new Map([['-', null]]))`. PySpark: `na.replace`. @param columns only these */
  replace(values: ReadonlyMap<ReplaceValue, ReplaceValue>, columns: readonly string[] = []): DataFrame {
    return this.#with((input) => replaceValues(input, columns, [...values]));
  }
}
