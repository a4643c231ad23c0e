/** Subqueries: an expression names a relation by its number, and the relation that uses the expression brings it along. */
import { create, isMessage, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type Expression,
  type Expression_SortOrder,
  ExpressionSchema,
  SubqueryExpression_SubqueryType,
  SubqueryExpressionSchema,
} from '../gen/spark/connect/expressions_pb.js';
import { type Relation, RelationSchema } from '../gen/spark/connect/relations_pb.js';
import { partsOf } from './parts.ts';

const TYPES = {
  scalar: SubqueryExpression_SubqueryType.SCALAR,
  exists: SubqueryExpression_SubqueryType.EXISTS,
  in: SubqueryExpression_SubqueryType.IN,
} as const;
const { TABLE_ARG } = SubqueryExpression_SubqueryType;

/** The relation of each subquery. */
const relations = new WeakMap<object, Relation>();
/** Most programs have none, and need not look for them. */
let hasAny = false;

/** @param values of `in`: what is looked for in the rows */
export function subquery(relation: Relation, type: keyof typeof TYPES, values: readonly Expression[] = []): Expression {
  return reference(relation, { subqueryType: TYPES[type], inSubqueryValues: [...values] });
}

/** How the rows of a table are divided among the calls of a function. */
export interface TableParts {
  readonly partitionSpec?: readonly Expression[];
  readonly orderSpec?: readonly Expression_SortOrder[];
  readonly withSinglePartition?: true;
}

/** The rows of a relation, as the argument of a table function. */
export function tableArgument(relation: Relation, parts: TableParts): Expression {
  const { partitionSpec = [], orderSpec = [], ...single } = parts;
  const tableArgOptions = { partitionSpec: [...partitionSpec], orderSpec: [...orderSpec], ...single };
  const isPlain = Object.keys(parts).length === 0;
  return reference(relation, { subqueryType: TABLE_ARG, ...(isPlain ? {} : { tableArgOptions }) });
}

function reference(relation: Relation, parts: MessageInitShape<typeof SubqueryExpressionSchema>): Expression {
  const value = create(SubqueryExpressionSchema, { planId: relation.common?.planId ?? 0n, ...parts });
  relations.set(value, relation);
  hasAny = true;
  return create(ExpressionSchema, { exprType: { case: 'subqueryExpression', value } });
}

/** The relations of the subqueries in the expressions of this relation, without those of its inputs; each once. */
export function subqueriesOf(relation: Relation): Relation[] {
  if (!hasAny || relation.relType.value === undefined) return [];
  const seen = new Set<object>([relation.relType.value]);
  const found = new Set<Relation>();
  // A set may grow while it is walked.
  for (const part of seen) {
    const referenced = relations.get(part);
    if (referenced !== undefined) found.add(referenced);
    for (const inner of partsOf(part)) if (!isMessage(inner, RelationSchema)) seen.add(inner);
  }
  return [...found];
}
