/** A frame as the argument of a table function: its rows, and how they are divided among the calls. */
import { type Columns, expressionsOf } from './named-columns.ts';
import { SparkError } from '../errors.ts';
import { asSortOrder, type Expression } from '../plan/expression.ts';
import type { Relation } from '../plan/relation.ts';
import { tableArgument, type TableParts } from '../plan/subquery.ts';

let read: (table: TableArg) => Expression;

/** Made by `frame.asTable()`; immutable. PySpark: `TableArg`. */
export class TableArg {
  readonly #relation: Relation;
  readonly #parts: TableParts;

  static {
    read = (table) => tableArgument(table.#relation, table.#parts);
  }

  /** Made by a frame, not by callers. */
  constructor(relation: Relation, parts: TableParts = {}) {
    this.#relation = relation;
    this.#parts = parts;
  }

  /** Rows that are equal in these columns reach one call of the function. PySpark: `partitionBy`. */
  partitionBy(...columns: Columns): TableArg {
    this.#assertWhole('partitionBy');
    const partitionSpec = expressionsOf(columns);
    if (partitionSpec.length === 0) throw new SparkError('usage', 'partitionBy needs at least one column.');
    return this.#with({ partitionSpec });
  }

  /** All rows reach one call of the function. PySpark: `withSinglePartition`. */
  withSinglePartition(): TableArg {
    this.#assertWhole('withSinglePartition');
    return this.#with({ withSinglePartition: true });
  }

  /** In which order the rows of a partition come, behind what was said before. PySpark: `orderBy`. */
  orderBy(...columns: Columns): TableArg {
    if (!this.#isDivided()) throw new SparkError('usage', 'orderBy follows partitionBy or withSinglePartition.');
    return this.#with({ orderSpec: [...(this.#parts.orderSpec ?? []), ...expressionsOf(columns).map(asSortOrder)] });
  }

  #isDivided(): boolean {
    const { partitionSpec, withSinglePartition } = this.#parts;
    return partitionSpec !== undefined || withSinglePartition === true;
  }

  #assertWhole(method: string): void {
    if (this.#isDivided()) throw new SparkError('usage', `${method} cannot follow partitionBy or withSinglePartition.`);
  }

  #with(change: TableParts): TableArg {
    return new TableArg(this.#relation, { ...this.#parts, ...change });
  }
}

export function tableExpression(table: TableArg): Expression {
  return read(table);
}
