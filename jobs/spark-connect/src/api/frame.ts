/** What every frame is: a relation on a session's server, and the observations of the way to it. */
import { INSPECT } from '../expressions/column.ts';
import type { DataFrame } from './dataframe.ts';
import { SparkError } from '../errors.ts';
import type { Observation } from './observation.ts';
import { type Plan, queryPlan } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import { relationText } from '../plan/text.ts';
import type { Row } from '../rows/row.ts';
import type { Runner } from './work.ts';

/** What the frame of a second argument brings into a plan. */
export interface FrameParts {
  readonly relation: Relation;
  readonly observations: readonly Observation[];
}

let read: (frame: Frame<unknown>) => FrameParts & { readonly runner: Runner };

/** `R` is what a row is, as far as it is known. */
export abstract class Frame<R = Row> {
  protected readonly runner: Runner;
  protected readonly relation: Relation;
  protected readonly observations: readonly Observation[];

  static {
    read = ({ runner, relation, observations }) => ({ runner, relation, observations });
  }

  /** Made by a session, not by callers. */
  constructor(runner: Runner, relation: Relation, observations: readonly Observation[]) {
    this.runner = runner;
    this.relation = relation;
    this.observations = observations;
  }

  /** The plan that an action would send, the same for the same code: for golden files. Not in PySpark. */
  toPlan(): Plan {
    return queryPlan(this.relation);
  }

  /** How it is made, for people: `DataFrame<table events -> limit 10>`; its rows are on the server. PySpark: `repr`. */
  toString(): string {
    return `DataFrame<${relationText(this.relation)}>`;
  }

  /** For `console.log`. Not in PySpark. */
  [INSPECT](): string {
    return this.toString();
  }

  /** A frame of such rows on the same session. */
  protected abstract with(relation: Relation, observations?: readonly Observation[]): DataFrame<R>;

  /** A frame of other rows. */
  protected changed<S = Row>(relation: Relation, observations?: readonly Observation[]): DataFrame<S> {
    return this.with(relation, observations);
  }
}

/** @throws SparkError `usage` for what is no frame, and for one of another session */
export function partsOfFrame(frame: unknown, runner: Runner): FrameParts {
  if (!(frame instanceof Frame)) throw new SparkError('usage', 'Only a DataFrame can be combined with a DataFrame.');
  const parts = read(frame);
  if (parts.runner !== runner) throw new SparkError('usage', 'Frames of two sessions cannot be combined.');
  return parts;
}
