/** An immutable expression over the columns of a frame. */
import { SparkError } from './errors.ts';
import * as plan from './plan/expression.ts';
import type { LiteralValue } from './plan/literal.ts';
import type { WindowSpec } from './window.ts';

/** A column, or a plain value that stands for a literal. A string is a literal, not a column name. */
export type Operand = Column | LiteralValue;

/**
 * Values taken by operators and functions may be Columns or plain literals.
 * A Column knows nothing of the frame it is used on: the server resolves its names.
 */
export class Column {
  readonly expression: plan.Expression;

  /** Made by {@link functions}, not by callers. */
  constructor(expression: plan.Expression) {
    this.expression = expression;
  }

  eq(other: Operand): Column {
    return call('==', this, other);
  }

  /** Null equals null. */
  eqNullSafe(other: Operand): Column {
    return call('<=>', this, other);
  }

  ne(other: Operand): Column {
    return this.eq(other).not();
  }

  notEq(other: Operand): Column {
    return this.ne(other);
  }

  lt(other: Operand): Column {
    return call('<', this, other);
  }

  le(other: Operand): Column {
    return call('<=', this, other);
  }

  gt(other: Operand): Column {
    return call('>', this, other);
  }

  ge(other: Operand): Column {
    return call('>=', this, other);
  }

  and(other: Operand): Column {
    return call('and', this, other);
  }

  or(other: Operand): Column {
    return call('or', this, other);
  }

  not(): Column {
    return call('not', this);
  }

  plus(other: Operand): Column {
    return call('+', this, other);
  }

  minus(other: Operand): Column {
    return call('-', this, other);
  }

  times(other: Operand): Column {
    return call('*', this, other);
  }

  /** Exact for decimals, DOUBLE for whole numbers, as `/` in SQL. */
  dividedBy(other: Operand): Column {
    return call('/', this, other);
  }

  mod(other: Operand): Column {
    return call('%', this, other);
  }

  negate(): Column {
    return call('negative', this);
  }

  isNull(): Column {
    return call('isNull', this);
  }

  isNotNull(): Column {
    return call('isNotNull', this);
  }

  /** @param pattern SQL's: `%` any text, `_` one character, `\` escapes */
  like(pattern: Operand): Column {
    return call('like', this, pattern);
  }

  ilike(pattern: Operand): Column {
    return call('ilike', this, pattern);
  }

  /** @param pattern a Java regular expression, found anywhere in the text */
  rlike(pattern: Operand): Column {
    return call('rlike', this, pattern);
  }

  startsWith(prefix: Operand): Column {
    return call('startsWith', this, prefix);
  }

  endsWith(suffix: Operand): Column {
    return call('endsWith', this, suffix);
  }

  contains(part: Operand): Column {
    return call('contains', this, part);
  }

  /** Both ends included. */
  between(low: Operand, high: Operand): Column {
    return this.ge(low).and(this.le(high));
  }

  /** @throws SparkError `usage` without any value: SQL has no empty list */
  isin(...values: readonly Operand[]): Column {
    if (values.length === 0) throw new SparkError('usage', 'isin needs at least one value.');
    return call('in', this, ...values);
  }

  /** @param type a type in DDL, such as `bigint` or `array<string>`; a value that does not fit is an error */
  cast(type: string): Column {
    return new Column(plan.cast(this.expression, type, false));
  }

  /** As {@link cast}, but a value that does not fit becomes null. */
  tryCast(type: string): Column {
    return new Column(plan.cast(this.expression, type, true));
  }

  as(name: string): Column {
    return new Column(plan.alias(this.expression, name));
  }

  /** A field of a struct; dots in the name are part of it. */
  getField(name: string): Column {
    return new Column(plan.extract(this.expression, plan.literalExpression(name)));
  }

  /** An element of an array, counted from 0, or the value of a map's key. */
  getItem(key: Operand): Column {
    return new Column(plan.extract(this.expression, toExpression(key)));
  }

  /** A struct with this field added or replaced. */
  withField(name: string, value: Operand): Column {
    return new Column(plan.updateField(this.expression, name, toExpression(value)));
  }

  /** A struct without these fields. */
  dropFields(...names: readonly string[]): Column {
    return new Column(names.reduce((struct, name) => plan.updateField(struct, name), this.expression));
  }

  /** Ascending, nulls first. */
  asc(): Column {
    return this.#sorted(false, true);
  }

  ascNullsLast(): Column {
    return this.#sorted(false, false);
  }

  /** Descending, nulls last. */
  desc(): Column {
    return this.#sorted(true, false);
  }

  descNullsFirst(): Column {
    return this.#sorted(true, true);
  }

  /** An aggregate or window function over the rows of a window. */
  over(window: WindowSpec): Column {
    return new Column(plan.windowed(this.expression, window.parts));
  }

  #sorted(isDescending: boolean, nullsFirst: boolean): Column {
    return new Column(plan.sortOrder(this.expression, { isDescending, nullsFirst }));
  }
}

/** What `when(…)` begins: null where no condition holds, until `otherwise` says what else. */
export class WhenColumn extends Column {
  readonly #branches: readonly Operand[];

  constructor(branches: readonly Operand[]) {
    super(plan.functionCall('when', branches.map(toExpression)));
    this.#branches = branches;
  }

  when(condition: Operand, value: Operand): WhenColumn {
    return new WhenColumn([...this.#branches, condition, value]);
  }

  otherwise(value: Operand): Column {
    return call('when', ...this.#branches, value);
  }
}

/** A call of one of Spark's functions by its SQL name. */
export function call(name: string, ...args: readonly Operand[]): Column {
  return new Column(plan.functionCall(name, args.map(toExpression)));
}

export function toExpression(operand: Operand): plan.Expression {
  return operand instanceof Column ? operand.expression : plan.literalExpression(operand);
}

/** Where a frame is asked for its columns, a string is a name. */
export function namedExpression(column: Column | string): plan.Expression {
  return typeof column === 'string' ? plan.attribute(column) : column.expression;
}
