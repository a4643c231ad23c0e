/** What changes the columns of a frame. */
import { columnExpression, namedExpression, type Operand, toExpression } from '../expressions/column.ts';
import { type ColumnOrName, named, type NamedColumns } from '../expressions/named-columns.ts';
import type { DataFrame } from './dataframe.ts';
import { Frame } from './frame.ts';
import * as plan from '../plan/relation.ts';

export abstract class FrameColumns extends Frame {
  /** These columns and no others. PySpark: `select`. */
  select(...columns: readonly ColumnOrName[]): DataFrame {
    return this.with(plan.project(this.relation, columns.map(namedExpression)));
  }

  /** Adds columns, or replaces those of the same name; all of them see the frame as it was before. PySpark: `withColumns`. */
  withColumns(columns: NamedColumns): DataFrame {
    const added = named(columns);
    return this.with(added.length === 0 ? this.relation : plan.withColumns(this.relation, added));
  }

  /** Adds one column, or replaces that of the same name. PySpark: `withColumn`. */
  withColumn(name: string, column: Operand): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** PySpark: `withColumnsRenamed`. @param names new name by old name; a name that is not there is left out */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    return this.with(plan.renameColumns(this.relation, names));
  }

  /** The same columns under these names, in order. PySpark: `toDF`. */
  toDF(...names: readonly string[]): DataFrame {
    return this.with(plan.toDF(this.relation, names));
  }

  /** Without these columns; a name that is not there is left out. PySpark: `drop`. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const names = columns.filter((column) => typeof column === 'string');
    const expressions = columns.filter((column) => typeof column !== 'string').map(columnExpression);
    return this.with(plan.drop(this.relation, names, expressions));
  }

  /** A name before the dot for the columns of this frame: `frame.as('a')`, then `F.col('a.url')`. PySpark: `alias`. */
  as(name: string): DataFrame {
    return this.with(plan.aliased(this.relation, name));
  }

  /** Such as `broadcast`. PySpark: `hint`. */
  hint(name: string, ...parameters: readonly Operand[]): DataFrame {
    return this.with(plan.hint(this.relation, name, parameters.map(toExpression)));
  }
}
