/** What changes the columns of a frame. */
import { call, Column, columnExpression, type Metadata, type Operand, toExpression } from '../expressions/column.ts';
import {
  type ColumnOrName,
  type Columns,
  expressionsOf,
  named,
  type NamedColumns,
} from '../expressions/named-columns.ts';
import type { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import { functions } from '../expressions/functions/index.ts';
import { FrameQuestions } from './frame-questions.ts';
import { metadataAttribute, regex, sqlExpression } from '../plan/expression.ts';
import * as plan from '../plan/relation.ts';
import type { Row } from '../rows/row.ts';
import { ddlOf, type Schema } from '../rows/schema.ts';
import * as reshape from '../plan/reshape.ts';

export abstract class FrameColumns<R = Row> extends FrameQuestions<R> {
  /** These columns and no others. PySpark: `select`. */
  select<K extends keyof R & string>(...names: readonly K[]): DataFrame<Pick<R, K>>;
  select<S = Row>(...columns: Columns): DataFrame<S>;
  select(...columns: Columns): DataFrame<unknown> {
    return this.changed(plan.project(this.relation, expressionsOf(columns)));
  }

  /** Columns as SQL text: `selectExpr('n + 1 AS m', 'upper(s)')`. PySpark: `selectExpr`. */
  selectExpr(...texts: readonly string[]): DataFrame {
    return this.changed(plan.project(this.relation, texts.map(sqlExpression)));
  }

  /** Adds columns, or replaces those of the same name; all of them see the frame as it was before. PySpark: `withColumns`. */
  withColumns(columns: NamedColumns): DataFrame {
    const added = named(columns);
    return this.changed(added.length === 0 ? this.relation : plan.withColumns(this.relation, added));
  }

  /** The same column with metadata of its own, any JSON, such as a description. PySpark: `withMetadata`. */
  withMetadata(name: string, metadata: Metadata): DataFrame<R> {
    return this.with(reshape.withMetadata(this.relation, name, metadata));
  }

  /** All columns whose names match a Java regular expression in backticks: `` frame.colRegex('`n_.*`') ``. PySpark: `colRegex`. */
  colRegex(name: string): Column {
    return new Column(regex(name));
  }

  /** A column that the source adds and `*` does not give, also where another column has its name. PySpark: `metadataColumn`. */
  metadataColumn(name: string): Column {
    if (typeof name !== 'string' || name === '')
      throw new SparkError('usage', `metadataColumn needs the name of a column, not ${JSON.stringify(name)}.`);
    return new Column(metadataAttribute(name, this.relation.common?.planId ?? 0n));
  }

  /** One column more, the numbers 0, 1, … in the order of the partitions. PySpark: `zipWithIndex`. */
  zipWithIndex(name = 'index'): DataFrame {
    return this.select('*', call('distributed_sequence_id').as(name));
  }

  /** Adds one column, or replaces that of the same name. PySpark: `withColumn`. */
  withColumn(name: string, column: Operand): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** One column under another name; one that is not there is left out. PySpark: `withColumnRenamed`. */
  withColumnRenamed(name: string, newName: string): DataFrame {
    return this.withColumnsRenamed({ [name]: newName });
  }

  /** PySpark: `withColumnsRenamed`. @param names new name by old name; a name that is not there is left out */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    return this.changed(plan.renameColumns(this.relation, names));
  }

  /** The same columns under these names, in order. PySpark: `toDF`. */
  toDF(...names: readonly string[]): DataFrame {
    return this.changed(plan.toDF(this.relation, names));
  }

  /** These columns in this order and of these types, by name; what cannot be cast without loss is an error. PySpark: `to`. @param schema such as `n BIGINT, s STRING` */
  to(schema: Schema): DataFrame {
    return this.changed(reshape.toSchema(this.relation, ddlOf(schema)));
  }

  /** One column `value`: each row as JSON text. PySpark: `toJSON`. */
  toJSON(): DataFrame {
    return this.select(functions.toJson(functions.struct(functions.col('*'))).as('value'));
  }

  /** Without these columns; a name that is not there is left out. PySpark: `drop`. */
  drop<K extends keyof R & string>(...names: readonly K[]): DataFrame<Omit<R, K>>;
  drop(...columns: readonly ColumnOrName[]): DataFrame;
  drop(...columns: readonly ColumnOrName[]): DataFrame<unknown> {
    const names = columns.filter((column) => typeof column === 'string');
    const expressions = columns.filter((column) => typeof column !== 'string').map(columnExpression);
    return this.changed(plan.drop(this.relation, names, expressions));
  }

  /** A name before the dot for the columns of this frame: `frame.as('a')`, then `F.col('a.url')`. PySpark: `alias`. */
  as(name: string): DataFrame<R> {
    return this.with(plan.aliased(this.relation, name));
  }

  /** Such as `broadcast`. PySpark: `hint`. */
  hint(name: string, ...parameters: readonly Operand[]): DataFrame<R> {
    return this.with(plan.hint(this.relation, name, parameters.map(toExpression)));
  }

  /**
   * A row for each value of many columns: its column's name and the value, beside the ids. PySpark: `unpivot`.
   * @param values the columns; undefined for all that are no ids
   */
  unpivot(
    ids: readonly ColumnOrName[],
    values: readonly ColumnOrName[] | undefined,
    variableName: string,
    valueName: string,
  ): DataFrame {
    const parts = { ids: expressionsOf(ids), values: values && expressionsOf(values), variableName, valueName };
    return this.changed(reshape.unpivot(this.relation, parts));
  }

  /** Rows become columns, named by the values of the index column, the first unless said. PySpark: `transpose`. */
  transpose(indexColumn?: ColumnOrName): DataFrame {
    return this.changed(
      reshape.transpose(this.relation, expressionsOf(indexColumn === undefined ? [] : [indexColumn])),
    );
  }

  /** Count, mean, deviation, least and greatest of these columns, as text; of all unless said. PySpark: `describe`. */
  describe(...columns: readonly string[]): DataFrame {
    return this.changed(reshape.describe(this.relation, columns));
  }

  /** Statistics such as `count`, `min`, `75%` of all columns, as text. PySpark: `summary`. */
  summary(...statistics: readonly string[]): DataFrame {
    return this.changed(reshape.summary(this.relation, statistics));
  }

  /** What a function makes of the frame, in the middle of a chain. PySpark: `transform`. */
  transform<S>(change: (frame: DataFrame<R>) => DataFrame<S>): DataFrame<S> {
    return change(this.with(this.relation));
  }
}
