/** Lambda functions of a plan: names of their variables come from how deep they are nested, so equal code gives equal plans. */
import { Column, columnExpression } from '../column.ts';
import * as plan from '../../plan/expression.ts';

const LETTERS = ['x', 'y', 'z'] as const;

// A body is built while its builder runs, and never later; so one counter knows the nesting of all of them.
let depth = 0;

/**
 * A name is used twice only by lambdas beside each other, which cannot see each other's variables.
 * @param parameters how many variables the body is given
 */
export function lambda(parameters: number, body: (...variables: Column[]) => Column): Column {
  const names = LETTERS.slice(0, parameters).map((letter) => `${letter}_${depth}`);
  const variables = names.map((name) => new Column(plan.lambdaVariable(name)));
  depth += 1;
  try {
    return new Column(plan.lambda(columnExpression(body(...variables)), names));
  } finally {
    depth -= 1;
  }
}
