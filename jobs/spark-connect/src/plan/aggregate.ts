/** Constructor of the relation that groups rows. */
import type { Expression, Expression_Literal } from '../gen/spark/connect/expressions_pb.js';
import { Aggregate_GroupType } from '../gen/spark/connect/relations_pb.js';
import { type Relation, relation } from './relation.ts';

export type Grouping = 'groupBy' | 'rollup' | 'cube' | 'pivot' | 'groupingSets';

/** Values of a column that become columns. */
export interface Pivot {
  readonly col: Expression;
  /** None for all that there are, which the server looks up first. */
  readonly values: readonly Expression_Literal[];
}

export interface AggregateParts {
  readonly pivot?: Pivot | undefined;
  /** Of `groupingSets`: the keys of each grouping. */
  readonly sets?: readonly (readonly Expression[])[];
}

export function aggregate(
  input: Relation,
  grouping: Grouping,
  keys: readonly Expression[],
  aggregates: readonly Expression[],
  { pivot, sets = [] }: AggregateParts = {},
): Relation {
  const groupType = {
    groupBy: Aggregate_GroupType.GROUPBY,
    rollup: Aggregate_GroupType.ROLLUP,
    cube: Aggregate_GroupType.CUBE,
    pivot: Aggregate_GroupType.PIVOT,
    groupingSets: Aggregate_GroupType.GROUPING_SETS,
  }[grouping];
  return relation({
    case: 'aggregate',
    value: {
      input,
      groupType,
      groupingExpressions: [...keys],
      aggregateExpressions: [...aggregates],
      groupingSets: sets.map((set) => ({ groupingSet: [...set] })),
      ...(pivot === undefined ? {} : { pivot: { col: pivot.col, values: [...pivot.values] } }),
    },
  });
}
