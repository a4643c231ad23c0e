/** Constructor of the command that changes a table by the rows of another. */
import { create } from '@bufbuild/protobuf';
import { type Command, command } from './command.ts';
import { type Expression, sqlExpression } from './expression.ts';
import {
  ExpressionSchema,
  MergeAction_ActionType,
  type MergeAction_ActionType as ActionType,
} from '../gen/spark/connect/expressions_pb.js';
import type { Relation } from './relation.ts';

/** Which rows a clause is about: those of both sides, of the source only, of the table only. */
export type MergeMatch = 'matched' | 'notMatched' | 'notMatchedBySource';

const ACTIONS = {
  delete: MergeAction_ActionType.DELETE,
  insert: MergeAction_ActionType.INSERT,
  insertAll: MergeAction_ActionType.INSERT_STAR,
  update: MergeAction_ActionType.UPDATE,
  updateAll: MergeAction_ActionType.UPDATE_STAR,
} as const satisfies Readonly<Record<string, ActionType>>;

export interface MergeClause {
  readonly match: MergeMatch;
  readonly action: keyof typeof ACTIONS;
  /** Undefined for all such rows. */
  readonly condition: Expression | undefined;
  /** Value by column of the table, whose name is SQL text. */
  readonly assignments: Readonly<Record<string, Expression>>;
}

export interface MergeParts {
  readonly table: string;
  readonly condition: Expression;
  /** The first that holds for a row is carried out. */
  readonly clauses: readonly MergeClause[];
  readonly withSchemaEvolution?: boolean;
}

export function mergeInto(source: Relation, parts: MergeParts): Command {
  const { table, condition, clauses, withSchemaEvolution = false } = parts;
  const of = (wanted: MergeMatch): Expression[] =>
    clauses.filter(({ match }) => match === wanted).map(clauseExpression);
  return command({
    case: 'mergeIntoTableCommand',
    value: {
      targetTableName: table,
      sourceTablePlan: source,
      mergeCondition: condition,
      matchActions: of('matched'),
      notMatchedActions: of('notMatched'),
      notMatchedBySourceActions: of('notMatchedBySource'),
      withSchemaEvolution,
    },
  });
}

function clauseExpression({ action, condition, assignments }: MergeClause): Expression {
  const pairs = Object.entries(assignments).map(([name, value]) => ({ key: sqlExpression(name), value }));
  const only = condition === undefined ? {} : { condition };
  const value = { actionType: ACTIONS[action], assignments: pairs, ...only };
  return create(ExpressionSchema, { exprType: { case: 'mergeAction', value } });
}
