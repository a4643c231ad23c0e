/** Functions whose result is a table: frames of their own, or, of the columns of another frame, for `lateralJoin`. */
import type { DataFrame } from './dataframe.ts';
import { columnExpression, type Operand, toExpression } from '../expressions/column.ts';
import { TableArg, tableExpression } from '../expressions/table-arg.ts';
import { SparkError } from '../errors.ts';
import type { Column } from '../expressions/column.ts';
import type { Expression } from '../plan/expression.ts';

type Make = (name: string, args: readonly Expression[]) => DataFrame;

/** As `spark.tvf`; `spark.range` is one too. PySpark: `TableValuedFunction`. */
export class TableFunctions {
  readonly #make: Make;

  /** Made by a session, not by callers. */
  constructor(make: Make) {
    this.#make = make;
  }

  /** A row for each element of an array, `col`, or entry of a map, `key` and `value`. PySpark: `tvf.explode`. */
  explode(collection: Column): DataFrame {
    return this.#of('explode', collection);
  }

  /** As {@link explode}; one row of nulls for null and for what is empty. PySpark: `tvf.explode_outer`. */
  explodeOuter(collection: Column): DataFrame {
    return this.#of('explode_outer', collection);
  }

  /** As {@link explode}, with the position from 0 on, `pos`. PySpark: `tvf.posexplode`. */
  posexplode(collection: Column): DataFrame {
    return this.#of('posexplode', collection);
  }

  /** As {@link posexplode}; one row of nulls for null and for what is empty. PySpark: `tvf.posexplode_outer`. */
  posexplodeOuter(collection: Column): DataFrame {
    return this.#of('posexplode_outer', collection);
  }

  /** A row for each struct of an array, a column for each field. PySpark: `tvf.inline`. */
  inline(structs: Column): DataFrame {
    return this.#of('inline', structs);
  }

  /** As {@link inline}; one row of nulls for null and for what is empty. PySpark: `tvf.inline_outer`. */
  inlineOuter(structs: Column): DataFrame {
    return this.#of('inline_outer', structs);
  }

  /** One row: these fields of a JSON object as text, `c0`, `c1`, … PySpark: `tvf.json_tuple`. */
  jsonTuple(json: Column, ...fields: readonly [Operand, ...Operand[]]): DataFrame {
    if (fields.length === 0) throw new SparkError('usage', 'jsonTuple needs at least one field.');
    return this.#of('json_tuple', json, ...fields);
  }

  /** So many rows of the values, in order. PySpark: `tvf.stack`. */
  stack(rows: Operand, ...values: readonly Operand[]): DataFrame {
    return this.#make('stack', [rows, ...values].map(toExpression));
  }

  /** A row for each field or element of a variant: `pos`, `key`, `value`. PySpark: `tvf.variant_explode`. */
  variantExplode(variant: Column): DataFrame {
    return this.#of('variant_explode', variant);
  }

  /** As {@link variantExplode}; one row of nulls for null and for what is empty. PySpark: `tvf.variant_explode_outer`. */
  variantExplodeOuter(variant: Column): DataFrame {
    return this.#of('variant_explode_outer', variant);
  }

  /** The collations that the server knows. PySpark: `tvf.collations`. */
  collations(): DataFrame {
    return this.#make('collations', []);
  }

  /** The words of SQL, and which of them are reserved. PySpark: `tvf.sql_keywords`. */
  sqlKeywords(): DataFrame {
    return this.#make('sql_keywords', []);
  }

  /** Any function by its name, also one that the server was taught; a frame is an argument by `asTable()`. Not in PySpark. */
  call(name: string, ...args: readonly (Operand | TableArg)[]): DataFrame {
    return this.#make(
      name,
      args.map((one) => (one instanceof TableArg ? tableExpression(one) : toExpression(one))),
    );
  }

  #of(name: string, subject: Column, ...more: readonly Operand[]): DataFrame {
    return this.#make(name, [columnExpression(subject), ...more.map(toExpression)]);
  }
}
