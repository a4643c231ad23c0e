/** An immutable expression over the columns of a frame. */
import { SparkError } from '../errors.ts';
import * as plan from '../plan/expression.ts';
import type { LiteralValue } from '../plan/literal.ts';
import { expressionText } from '../plan/text.ts';
import { windowParts } from './window-parts.ts';
import type { WindowSpec } from './window.ts';

/** Node asks an object by this name what to show. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** What is kept with a column beside its name and type: anything that JSON holds. */
export type Metadata = Readonly<Record<string, unknown>>;

/** A column, or a plain value that stands for a literal. A string is a literal, not a column name. */
export type Operand = Column | LiteralValue;

let read: (column: Column) => plan.Expression;

/**
 * Values taken by operators and functions may be Columns or plain literals.
 * A Column knows nothing of the frame it is used on: the server resolves its names. PySpark: `Column`.
 */
export class Column {
  readonly #expression: plan.Expression;

  static {
    read = (column) => column.#expression;
  }

  /** Made by {@link functions}, not by callers. */
  constructor(expression: plan.Expression) {
    this.#expression = expression;
  }

  /** Null where one side is null. PySpark: `==`. */
  eq(other: Operand): Column {
    return call('==', this, other);
  }

  /** Null equals null. PySpark: `eqNullSafe`. */
  eqNullSafe(other: Operand): Column {
    return call('<=>', this, other);
  }

  /** Null where one side is null. PySpark: `!=`. */
  ne(other: Operand): Column {
    return this.eq(other).not();
  }

  /** Less. PySpark: `<`. */
  lt(other: Operand): Column {
    return call('<', this, other);
  }

  /** Less or equal. PySpark: `<=`. */
  le(other: Operand): Column {
    return call('<=', this, other);
  }

  /** Greater. PySpark: `>`. */
  gt(other: Operand): Column {
    return call('>', this, other);
  }

  /** Greater or equal. PySpark: `>=`. */
  ge(other: Operand): Column {
    return call('>=', this, other);
  }

  /** False beats null. PySpark: `&`. */
  and(other: Operand): Column {
    return call('and', this, other);
  }

  /** True beats null. PySpark: `|`. */
  or(other: Operand): Column {
    return call('or', this, other);
  }

  /** Null stays null. PySpark: `~`. */
  not(): Column {
    return call('not', this);
  }

  /** An overflow is an error; see `tryAdd`. PySpark: `+`. */
  plus(other: Operand): Column {
    return call('+', this, other);
  }

  /** An overflow is an error; see `trySubtract`. PySpark: `-`. */
  minus(other: Operand): Column {
    return call('-', this, other);
  }

  /** An overflow is an error; see `tryMultiply`. PySpark: `*`. */
  times(other: Operand): Column {
    return call('*', this, other);
  }

  /** Exact for decimals, DOUBLE for whole numbers, as `/` in SQL; zero is an error, see `tryDivide`. PySpark: `/`. */
  dividedBy(other: Operand): Column {
    return call('/', this, other);
  }

  /** The remainder, with the sign of the first; see also `pmod`. PySpark: `%`. */
  mod(other: Operand): Column {
    return call('%', this, other);
  }

  /** With the other sign. PySpark: `-`. */
  negate(): Column {
    return call('negative', this);
  }

  /** Whether there is no value. PySpark: `isNull`. */
  isNull(): Column {
    return call('isNull', this);
  }

  /** Whether there is a value. PySpark: `isNotNull`. */
  isNotNull(): Column {
    return call('isNotNull', this);
  }

  /** SQL's pattern: `%` any text, `_` one character, `\` escapes. PySpark: `like`. */
  like(pattern: Operand): Column {
    return call('like', this, pattern);
  }

  /** As {@link like}, small and large letters alike. PySpark: `ilike`. */
  ilike(pattern: Operand): Column {
    return call('ilike', this, pattern);
  }

  /** A Java regular expression, found anywhere in the text. PySpark: `rlike`. */
  rlike(pattern: Operand): Column {
    return call('rlike', this, pattern);
  }

  /** Of text or bytes. PySpark: `startswith`. */
  startsWith(prefix: Operand): Column {
    return call('startsWith', this, prefix);
  }

  /** Of text or bytes. PySpark: `endswith`. */
  endsWith(suffix: Operand): Column {
    return call('endsWith', this, suffix);
  }

  /** Whether the part is somewhere in the text or bytes. PySpark: `contains`. */
  contains(part: Operand): Column {
    return call('contains', this, part);
  }

  /** Both numbers in bits. PySpark: `bitwiseAND`. */
  bitwiseAnd(other: Operand): Column {
    return call('&', this, other);
  }

  /** One or both numbers in bits. PySpark: `bitwiseOR`. */
  bitwiseOr(other: Operand): Column {
    return call('|', this, other);
  }

  /** One number but not both in bits. PySpark: `bitwiseXOR`. */
  bitwiseXor(other: Operand): Column {
    return call('^', this, other);
  }

  /** Both ends included. PySpark: `between`. */
  between(low: Operand, high: Operand): Column {
    return this.ge(low).and(this.le(high));
  }

  /** One of these values. PySpark: `isin`. @throws SparkError `usage` without any value: SQL has no empty list */
  isin(...values: readonly Operand[]): Column {
    if (values.length === 0) throw new SparkError('usage', 'isin needs at least one value.');
    return call('in', this, ...values);
  }

  /** PySpark: `cast`. @param type in DDL, such as `bigint` or `array<string>`; a value that does not fit is an error */
  cast(type: string): Column {
    return new Column(plan.cast(this.#expression, type, false));
  }

  /** As {@link cast}, but a value that does not fit becomes null. PySpark: `try_cast`. */
  tryCast(type: string): Column {
    return new Column(plan.cast(this.#expression, type, true));
  }

  /** Its name in the frame. PySpark: `alias`. @param metadata kept with the column, as JSON */
  as(name: string, metadata?: Metadata): Column {
    return new Column(plan.alias(this.#expression, name, metadata));
  }

  /** A field of a struct; dots in the name are part of it. PySpark: `getField`. */
  getField(name: string): Column {
    return new Column(plan.extract(this.#expression, plan.literalExpression(name)));
  }

  /** An element of an array, counted from 0, or the value of a map's key. PySpark: `getItem`. */
  getItem(key: Operand): Column {
    return new Column(plan.extract(this.#expression, toExpression(key)));
  }

  /** A struct with this field added or replaced. PySpark: `withField`. */
  withField(name: string, value: Operand): Column {
    return new Column(plan.updateField(this.#expression, name, toExpression(value)));
  }

  /** A struct without these fields. PySpark: `dropFields`. */
  dropFields(...names: readonly string[]): Column {
    return new Column(names.reduce((struct, name) => plan.updateField(struct, name), this.#expression));
  }

  /** Ascending, nulls first. PySpark: `asc`. */
  asc(): Column {
    return this.#sorted(false, true);
  }

  /** Ascending, nulls last. PySpark: `asc_nulls_last`. */
  ascNullsLast(): Column {
    return this.#sorted(false, false);
  }

  /** Descending, nulls last. PySpark: `desc`. */
  desc(): Column {
    return this.#sorted(true, false);
  }

  /** Descending, nulls first. PySpark: `desc_nulls_first`. */
  descNullsFirst(): Column {
    return this.#sorted(true, true);
  }

  /** What a function makes of the column, in the middle of a chain. PySpark: `transform`. */
  transform(change: (column: Column) => Column): Column {
    return change(this);
  }

  /** A column of the outer query, in a subquery: the server finds out by itself, so this only says so. PySpark: `outer`. */
  outer(): Column {
    return new Column(this.#expression);
  }

  /** An aggregate or window function over the rows of a window. PySpark: `over`. */
  over(window: WindowSpec): Column {
    const parts = windowParts.get(window);
    if (parts === undefined) throw new SparkError('usage', 'over needs a window, such as Window.partitionBy(…).');
    return new Column(plan.windowed(this.#expression, parts));
  }

  /** What it computes, for people: `Column<(n > 1)>`; it is no SQL to send. PySpark: `repr`. */
  toString(): string {
    return `Column<${expressionText(this.#expression)}>`;
  }

  /** For `console.log`. Not in PySpark. */
  [INSPECT](): string {
    return this.toString();
  }

  #sorted(isDescending: boolean, nullsFirst: boolean): Column {
    return new Column(plan.sortOrder(this.#expression, { isDescending, nullsFirst }));
  }
}

/** A call of one of Spark's functions by its SQL name. */
export function call(name: string, ...args: readonly Operand[]): Column {
  return new Column(plan.functionCall(name, args.map(toExpression)));
}

export function toExpression(operand: Operand): plan.Expression {
  return operand instanceof Column ? read(operand) : plan.literalExpression(operand);
}

/** Where a frame is asked for its columns, a string is a name. */
export function namedExpression(column: Column | string): plan.Expression {
  return typeof column === 'string' ? plan.attribute(column) : columnExpression(column);
}

/** @throws SparkError `usage` for what is no column, whatever the types said */
export function columnExpression(column: Column): plan.Expression {
  if (column instanceof Column) return read(column);
  throw new SparkError('usage', `A column or its name was expected, not a value of type ${typeof column}.`);
}
