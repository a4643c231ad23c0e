/** What a frame needs from its session: a plan run, or explained. */
import type { Observation } from './observation.ts';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  AnalyzePlanRequestSchema,
  AnalyzePlanResponse,
  ExecutePlanResponse,
} from '../gen/spark/connect/base_pb.js';
import type { DataType } from '../gen/spark/connect/types_pb.js';
import type { PlanMessage } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import type { StorageLevel } from '../plan/storage-level.ts';
import type { Decoder } from './results.ts';

export interface RunOptions {
  /** Stops this one operation; the session's signal stops it as well. */
  readonly signal?: AbortSignal | undefined;
  /** Names for the operation in Spark's UI; no commas. */
  readonly tags?: readonly string[] | undefined;
}

export interface Work {
  readonly plan: PlanMessage;
  readonly observations: readonly Observation[];
}

/** One answer of the server to a command. */
export type CommandAnswer = ExecutePlanResponse['responseType'];

export type ExplainMode = 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted';

type Analyze = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>['analyze']>;
type Analyzed = AnalyzePlanResponse['result'];

/** Questions about a plan: what is asked and what is answered, by name. */
export type QuestionName = NonNullable<Analyzed['case']>;
export type Question<N extends QuestionName> = Extract<Analyze, { readonly case: N }>['value'];
export type QuestionAnswer<N extends QuestionName> = Extract<Analyzed, { readonly case: N }>['value'];

export interface Runner {
  /** Asks something about a plan, or about two. */
  ask<N extends QuestionName>(name: N, question: Question<N>): Promise<QuestionAnswer<N>>;
  /** The result as it comes, one value for each batch of the server. Stopping early interrupts the operation. */
  batches<T>(work: Work, decoder: Decoder<T>, options?: RunOptions): AsyncGenerator<T, void, void>;
  /** The type of the rows: a struct. */
  schema(plan: PlanMessage): Promise<DataType>;
  /** Keeps the rows on the server; without a level it lets them go. */
  keep(relation: Relation, level: StorageLevel | undefined): Promise<void>;
  /** Runs a command. @returns what the server says of it, but rows */
  command(work: Work, options?: RunOptions): Promise<readonly CommandAnswer[]>;
  explain(plan: PlanMessage, mode: ExplainMode): Promise<string>;
}
