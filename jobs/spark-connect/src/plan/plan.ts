/** A relation or command to the plan that is sent, and a plan to JSON. */
import { create, toJson, type JsonObject, type JsonValue, type Message } from '@bufbuild/protobuf';
import { type Plan as PlanMessage, PlanSchema } from '../gen/spark/connect/base_pb.js';
import type { Command } from './command.ts';
import type { Relation } from './relation.ts';

/** What an action sends; {@link planToJson} shows what is in it. */
export type Plan = Message<'spark.connect.Plan'>;

export type { PlanMessage };

export function queryPlan(root: Relation): PlanMessage {
  return create(PlanSchema, { opType: { case: 'root', value: root } });
}

export function commandPlan(command: Command): PlanMessage {
  return create(PlanSchema, { opType: { case: 'command', value: command } });
}

/**
 * The plan as plain JSON, for golden files and for reading. The same code gives the same JSON: relations are numbered anew
 * from 0, inputs before what uses them.
 */
export function planToJson(plan: Plan): JsonValue {
  return renumbered(toJson(PlanSchema, plan as PlanMessage), new Map());
}

/** Expressions that name a relation by its number. */
const OF_A_RELATION = new Set(['subqueryExpression', 'unresolvedAttribute']);

function renumbered(value: JsonValue, ids: Map<JsonValue, string>): JsonValue {
  if (Array.isArray(value)) return value.map((element) => renumbered(element, ids));
  if (typeof value !== 'object' || value === null) return value;
  const { common, ...parts } = value;
  const copy = Object.fromEntries(
    Object.entries(parts).map(([key, part]) => [
      key,
      renumbered(OF_A_RELATION.has(key) ? named(part, ids) : part, ids),
    ]),
  );
  const planId = isObject(common) ? common['planId'] : undefined;
  if (planId === undefined) return common === undefined ? copy : { common, ...copy };
  return { common: { planId: numbered(planId, ids) }, ...copy };
}

function named(reference: JsonValue, ids: Map<JsonValue, string>): JsonValue {
  if (!isObject(reference) || reference['planId'] === undefined) return reference;
  return { ...reference, planId: numbered(reference['planId'], ids) };
}

function numbered(planId: JsonValue, ids: Map<JsonValue, string>): string {
  const number = ids.get(planId) ?? String(ids.size);
  ids.set(planId, number);
  return number;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
