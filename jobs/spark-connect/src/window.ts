/** Which rows a window function sees: partition, order, frame. */
import { type Column, namedExpression } from './column.ts';
import { asSortOrder, type WindowParts } from './plan/expression.ts';

const EMPTY: WindowParts = { partitionBy: [], orderBy: [], frame: undefined };

/** Immutable. Columns may be named by strings. */
export class WindowSpec {
  readonly parts: WindowParts;

  constructor(parts: WindowParts) {
    this.parts = parts;
  }

  partitionBy(...columns: readonly (Column | string)[]): WindowSpec {
    return new WindowSpec({ ...this.parts, partitionBy: columns.map(namedExpression) });
  }

  orderBy(...columns: readonly (Column | string)[]): WindowSpec {
    return new WindowSpec({ ...this.parts, orderBy: columns.map((column) => asSortOrder(namedExpression(column))) });
  }

  /** @param start rows before the current one are negative; see the constants of {@link Window} */
  rowsBetween(start: number, end: number): WindowSpec {
    return new WindowSpec({ ...this.parts, frame: { unit: 'rows', start, end } });
  }

  /** Offsets are differences of the one order column. */
  rangeBetween(start: number, end: number): WindowSpec {
    return new WindowSpec({ ...this.parts, frame: { unit: 'range', start, end } });
  }
}

/** Where a window begins: `Window.partitionBy('day').orderBy(F.col('at').desc())`. */
export const Window = {
  unboundedPreceding: -Infinity,
  unboundedFollowing: Infinity,
  currentRow: 0,
  partitionBy: (...columns: readonly (Column | string)[]): WindowSpec => new WindowSpec(EMPTY).partitionBy(...columns),
  orderBy: (...columns: readonly (Column | string)[]): WindowSpec => new WindowSpec(EMPTY).orderBy(...columns),
} as const;
