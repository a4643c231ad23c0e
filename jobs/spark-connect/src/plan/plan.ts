/** A relation or command to the plan that is sent: every relation gets an id, inputs before what uses them, from 0. */
import { create, toJson, type JsonValue } from '@bufbuild/protobuf';
import { type Plan, PlanSchema } from '../gen/spark/connect/base_pb.js';
import { type Command, CommandSchema } from '../gen/spark/connect/commands_pb.js';
import { type Relation, RelationSchema } from '../gen/spark/connect/relations_pb.js';

export type { Plan };

const RELATION = 'spark.connect.Relation';

export function queryPlan(root: Relation): Plan {
  return create(PlanSchema, { opType: { case: 'root', value: new Numbering().relation(root) } });
}

export function commandPlan(command: Command): Plan {
  return create(PlanSchema, { opType: { case: 'command', value: new Numbering().command(command) } });
}

/** The plan as plain JSON, the same for the same code: for golden files and for reading. */
export function planToJson(plan: Plan): JsonValue {
  return toJson(PlanSchema, plan);
}

/** Numbers copies: a relation may be part of many plans. One used twice in a plan is one relation, with one id. */
class Numbering {
  readonly #numbered = new Map<Relation, Relation>();

  relation(original: Relation): Relation {
    const known = this.#numbered.get(original);
    if (known !== undefined) return known;
    // Long chains are common, and deep recursion is not: walk down the chain of first inputs by a loop.
    const chain = [original];
    for (let next = firstInput(original); next !== undefined && !this.#numbered.has(next); next = firstInput(next)) {
      chain.push(next);
    }
    for (const relation of chain.toReversed()) this.#number(relation);
    return this.#numbered.get(original) as Relation;
  }

  command(command: Command): Command {
    const { commandType } = command;
    if (commandType.case === undefined) return command;
    const value = this.#withNumberedInputs(commandType.value);
    return create(CommandSchema, { commandType: { ...commandType, value } as Command['commandType'] });
  }

  #number(original: Relation): void {
    const { relType } = original;
    const value = this.#withNumberedInputs(relType.value as object);
    const planId = BigInt(this.#numbered.size);
    const copy = create(RelationSchema, {
      common: { planId },
      relType: { ...relType, value } as Relation['relType'],
    });
    this.#numbered.set(original, copy);
  }

  #withNumberedInputs<T extends object>(node: T): T {
    const copy = { ...node } as Record<string, unknown>;
    for (const [key, value] of Object.entries(node)) if (isRelation(value)) copy[key] = this.relation(value);
    return copy as T;
  }
}

function firstInput({ relType }: Relation): Relation | undefined {
  return Object.values(relType.value ?? {}).find(isRelation);
}

function isRelation(value: unknown): value is Relation {
  return typeof value === 'object' && value !== null && (value as { $typeName?: unknown }).$typeName === RELATION;
}
