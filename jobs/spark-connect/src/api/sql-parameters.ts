/** Values for the parameters of SQL text, as expressions of a plan. */
import { type Operand, toExpression } from '../expressions/column.ts';
import type { SqlArguments } from '../plan/relation.ts';

/** Parameters of SQL text: by name for `:name`, or in order for `?`. */
export type SqlParameters = Readonly<Record<string, Operand>> | readonly Operand[];

export function parameterExpressions(parameters: SqlParameters): SqlArguments {
  if (isList(parameters)) return parameters.map(toExpression);
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toExpression(value)]));
}

function isList(parameters: SqlParameters): parameters is readonly Operand[] {
  return Array.isArray(parameters);
}
