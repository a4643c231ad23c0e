import { describe, expect, test } from '@jest/globals';
import { toBinary } from '@bufbuild/protobuf';
import { PlanSchema } from '../gen/spark/connect/base_pb.js';
import { sqlCommand } from './command.ts';
import { literalExpression } from './expression.ts';
import { commandPlan, planToJson, queryPlan } from './plan.ts';
import * as relation from './relation.ts';

/** Every `planId` of a plan's JSON, from the outside in. */
function planIds(json: unknown): string[] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => (key === 'planId' ? [String(value)] : planIds(value)));
}

const range = () => relation.range({ start: 0n, end: 1n, step: 1n, partitions: undefined });
const idOf = ({ common }: relation.Relation): bigint | undefined => common?.planId;

describe('a relation', () => {
  test('has an id of its own, so that a server never takes it for an equal one of before', () => {
    expect(idOf(range())).not.toBe(idOf(range()));
  });
});

describe('the JSON of a plan', () => {
  test('numbers relations from 0, inputs first, whatever was made before', () => {
    range();
    const plan = queryPlan(relation.limit(relation.aliased(range(), 'a'), 1));
    expect(planIds(planToJson(plan))).toEqual(['2', '1', '0']);
  });

  test('gives each side of a join ids of its own', () => {
    const plan = queryPlan(relation.join(range(), relation.limit(range(), 1), 'inner', ['id']));
    expect(planIds(planToJson(plan))).toEqual(['3', '0', '2', '1']);
  });

  test('gives a relation that is used twice one id', () => {
    const shared = range();
    const union = { operation: 'union', isAll: true, byName: false, allowMissingColumns: false } as const;
    expect(planIds(planToJson(queryPlan(relation.setOperation(shared, shared, union))))).toEqual(['1', '0', '0']);
  });

  test('numbers the inputs of a command as well', () => {
    expect(planIds(planToJson(commandPlan(sqlCommand(relation.sql('SHOW TABLES', [])))))).toEqual(['0']);
  });

  test('leaves options alone that look like ids', () => {
    const source = relation.readSource({
      format: 'x',
      schema: undefined,
      options: { common: 'a', planId: '7' },
      paths: [],
    });
    expect(planToJson(queryPlan(source))).toMatchObject({
      root: { common: { planId: '0' }, read: { dataSource: { options: { common: 'a', planId: '7' } } } },
    });
  });
});

describe('a plan', () => {
  test('may be as deep as a server reads it', () => {
    let deep = range();
    for (let level = 0; level < 400; level++) deep = relation.filter(deep, literalExpression(true));
    expect(toBinary(PlanSchema, queryPlan(deep)).length).toBeGreaterThan(400);
  });
});
