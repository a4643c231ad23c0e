/** A column of conditions that is not at its end yet. */
import { call, Column, type Operand, toExpression } from './column.ts';
import { functionCall } from '../plan/expression.ts';

/** What `when(…)` begins: null where no condition holds, until `otherwise` says what else. PySpark: `Column`. */
export class WhenColumn extends Column {
  readonly #branches: readonly Operand[];

  /** Made by `when`, not by callers. */
  constructor(branches: readonly Operand[]) {
    super(functionCall('when', branches.map(toExpression)));
    this.#branches = branches;
  }

  /** One more condition, asked where those before do not hold. PySpark: `when`. */
  when(condition: Operand, value: Operand): WhenColumn {
    return new WhenColumn([...this.#branches, condition, value]);
  }

  /** The value where no condition holds. PySpark: `otherwise`. */
  otherwise(value: Operand): Column {
    return call('when', ...this.#branches, value);
  }
}
