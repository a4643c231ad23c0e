/** Which rows a window function sees: partition, order, frame. */
import { type Columns, expressionsOf } from './named-columns.ts';
import { windowParts } from './window-parts.ts';
import { asSortOrder, type WindowParts } from '../plan/expression.ts';

const EMPTY: WindowParts = { partitionBy: [], orderBy: [], frame: undefined };

/** Immutable. Columns may be named by strings. PySpark: `WindowSpec`. */
export class WindowSpec {
  readonly #parts: WindowParts;

  /** Made by {@link Window}, not by callers. */
  constructor(parts: WindowParts) {
    this.#parts = parts;
    windowParts.set(this, parts);
  }

  /** Rows that are equal in these columns see each other. PySpark: `partitionBy`. */
  partitionBy(...columns: Columns): WindowSpec {
    return new WindowSpec({ ...this.#parts, partitionBy: expressionsOf(columns) });
  }

  /** Without a frame of its own the window then ends at the current row and its equals. PySpark: `orderBy`. */
  orderBy(...columns: Columns): WindowSpec {
    return new WindowSpec({ ...this.#parts, orderBy: expressionsOf(columns).map(asSortOrder) });
  }

  /** PySpark: `rowsBetween`. @param start rows before the current one are negative; see the constants of {@link Window} */
  rowsBetween(start: number, end: number): WindowSpec {
    return new WindowSpec({ ...this.#parts, frame: { unit: 'rows', start, end } });
  }

  /** Offsets are differences of the one order column. PySpark: `rangeBetween`. */
  rangeBetween(start: number, end: number): WindowSpec {
    return new WindowSpec({ ...this.#parts, frame: { unit: 'range', start, end } });
  }
}

/** Where a window begins: `Window.partitionBy('day').orderBy(F.col('at').desc())`. PySpark: `Window`. */
export const Window = {
  /** From the first row on. PySpark: `Window.unboundedPreceding`. */
  unboundedPreceding: -Infinity,
  /** To the last row. PySpark: `Window.unboundedFollowing`. */
  unboundedFollowing: Infinity,
  /** From, or to, the current row. PySpark: `Window.currentRow`. */
  currentRow: 0,
  /** Rows that are equal in these columns see each other. PySpark: `Window.partitionBy`. */
  partitionBy: (...columns: Columns): WindowSpec => new WindowSpec(EMPTY).partitionBy(...columns),
  /** One window over all rows, in this order. PySpark: `Window.orderBy`. */
  orderBy: (...columns: Columns): WindowSpec => new WindowSpec(EMPTY).orderBy(...columns),
} as const;
