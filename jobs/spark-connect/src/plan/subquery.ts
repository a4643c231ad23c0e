/** Subqueries: an expression names a relation by its number, and the relation that uses the expression brings it along. */
import { create, isMessage } from '@bufbuild/protobuf';
import {
  type Expression,
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

/** The relation of each subquery. */
const relations = new WeakMap<object, Relation>();
/** Most programs have none, and need not look for them. */
let hasAny = false;

/** @param values of `in`: what is looked for in the rows */
export function subquery(relation: Relation, type: keyof typeof TYPES, values: readonly Expression[] = []): Expression {
  const planId = relation.common?.planId ?? 0n;
  const value = create(SubqueryExpressionSchema, {
    planId,
    subqueryType: TYPES[type],
    inSubqueryValues: [...values],
  });
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
