/** What puts two frames together. */
import { Column, columnExpression } from '../expressions/column.ts';
import type { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import { partsOfFrame } from './frame.ts';
import { FrameRows } from './frame-rows.ts';
import { allOf } from './observation.ts';
import type { Row } from '../rows/row.ts';
import { type ColumnOrName, expressionsOf } from '../expressions/named-columns.ts';
import { TableArg } from '../expressions/table-arg.ts';
import { subquery } from '../plan/subquery.ts';
import * as plan from '../plan/relation.ts';

/** Exact, by distance, and inner unless said. */
export type NearestOptions = Pick<plan.NearestParts, 'results'> & Partial<plan.NearestParts>;

export abstract class FrameSets<R = Row> extends FrameRows<R> {
  /** By position of the columns; keeps duplicates. PySpark: `union`. */
  union(other: DataFrame<unknown>): DataFrame<R> {
    return this.#combined(other, { operation: 'union', isAll: true, byName: false, allowMissingColumns: false });
  }

  /** By names of the columns; keeps duplicates. PySpark: `unionByName`. */
  unionByName(other: DataFrame<unknown>, options: { readonly allowMissingColumns?: boolean } = {}): DataFrame<R> {
    const allowMissingColumns = options.allowMissingColumns ?? false;
    return this.#combined(other, { operation: 'union', isAll: true, byName: true, allowMissingColumns });
  }

  /** Rows that both frames have, each once. PySpark: `intersect`. */
  intersect(other: DataFrame<unknown>): DataFrame<R> {
    return this.#combined(other, { operation: 'intersect', isAll: false, byName: false, allowMissingColumns: false });
  }

  /** Rows that both frames have, as often as both have them. PySpark: `intersectAll`. */
  intersectAll(other: DataFrame<unknown>): DataFrame<R> {
    return this.#combined(other, { operation: 'intersect', isAll: true, byName: false, allowMissingColumns: false });
  }

  /** Rows of this frame, less as many as the other has of each. PySpark: `exceptAll`. */
  exceptAll(other: DataFrame<unknown>): DataFrame<R> {
    return this.#combined(other, { operation: 'except', isAll: true, byName: false, allowMissingColumns: false });
  }

  /** Rows of this frame that the other does not have, each once. PySpark: `subtract`. */
  except(other: DataFrame<unknown>): DataFrame<R> {
    return this.#combined(other, { operation: 'except', isAll: false, byName: false, allowMissingColumns: false });
  }

  /**
   * PySpark: `join`. @throws SparkError `usage` for a frame of another session, as all that take a second frame
   * @param on a condition over both sides (told apart by {@link as}), or names of columns, which come out once
   */
  join(other: DataFrame<unknown>, on: Column | string | readonly string[], type: plan.JoinType = 'inner'): DataFrame {
    const names = typeof on === 'string' ? [on] : isNames(on) ? on : undefined;
    const condition = names ?? columnExpression(on as Column);
    return this.#joined(other, (right) => plan.join(this.relation, right, type, condition));
  }

  /** Each row with each row of the other. PySpark: `crossJoin`. */
  crossJoin(other: DataFrame<unknown>): DataFrame {
    return this.#joined(other, (right) => plan.join(this.relation, right, 'cross', []));
  }

  /**
   * Each row with the rows that the other frame makes of it, such as a table function of its columns. PySpark: `lateralJoin`.
   * @param on undefined for all of them
   */
  lateralJoin(other: DataFrame<unknown>, on?: Column, type: plan.LateralJoinType = 'inner'): DataFrame {
    const condition = on === undefined ? undefined : columnExpression(on);
    return this.#joined(other, (right) => plan.lateralJoin(this.relation, right, type, condition));
  }

  /**
   * Each row with the nearest of the other frame by a rank over both sides (told apart by {@link as}).
   * PySpark: `nearestByJoin`, whose arguments have no names.
   */
  nearestByJoin(other: DataFrame<unknown>, rank: Column, options: NearestOptions): DataFrame {
    const parts = { mode: 'exact', direction: 'distance', type: 'inner', ...options } as const;
    assertOneOf('mode', parts.mode, ['exact', 'approx']);
    assertOneOf('direction', parts.direction, ['distance', 'similarity']);
    assertOneOf('type', parts.type, ['inner', 'left']);
    return this.#joined(other, (right) => plan.nearestByJoin(this.relation, right, columnExpression(rank), parts));
  }

  /** The one value of one column and one row, as a column of another frame; null where there is no row. PySpark: `scalar`. */
  scalar(): Column {
    return new Column(subquery(this.relation, 'scalar'));
  }

  /** Whether there is any row, as a condition of another frame, whose columns the rows may be about. PySpark: `exists`. */
  exists(): Column {
    return new Column(subquery(this.relation, 'exists'));
  }

  /**
   * Whether one row has these values, as a condition of another frame: `orders.contains(F.col('id'))` with one column.
   * PySpark: `column.isin(frame)`.
   */
  contains(...values: readonly [ColumnOrName, ...ColumnOrName[]]): Column {
    if (values.length === 0) throw new SparkError('usage', 'contains needs a value for each column of the frame.');
    return new Column(subquery(this.relation, 'in', expressionsOf(values)));
  }

  /** The rows as an argument of a table function: `spark.tvf.call('f', frame.asTable().partitionBy('n'))`. PySpark: `asTable`. */
  asTable(): TableArg {
    return new TableArg(this.relation);
  }

  #combined(other: DataFrame<unknown>, parts: plan.SetParts): DataFrame<R> {
    return this.#beside(other, (right) => plan.setOperation(this.relation, right, parts));
  }

  #joined(other: DataFrame<unknown>, relation: (right: plan.Relation) => plan.Relation): DataFrame {
    return this.#beside(other, relation);
  }

  #beside(other: DataFrame<unknown>, relation: (right: plan.Relation) => plan.Relation): DataFrame<R> {
    const second = partsOfFrame(other, this.runner);
    return this.with(relation(second.relation), allOf(this.observations, second.observations));
  }
}

function isNames(on: Column | readonly string[]): on is readonly string[] {
  return Array.isArray(on);
}

function assertOneOf(what: string, given: string, known: readonly string[]): void {
  if (!known.includes(given))
    throw new SparkError('usage', `"${given}" is no ${what} of a nearest-by join: ${known.join(', ')}.`);
}
