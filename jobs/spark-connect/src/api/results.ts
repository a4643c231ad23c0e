/** The answers of one operation to rows, observed values and progress. */
import { BatchAssembler, type WholeBatch } from '../rows/batches.ts';
import { SparkError } from '../errors.ts';
import type { Observation } from './observation.ts';
import type { SparkClient } from '../protocol/client.ts';
import { execute, type ExecuteOptions } from '../protocol/execute.ts';
import type { ExecutePlanResponse, ExecutePlanResponse_ObservedMetrics } from '../gen/spark/connect/base_pb.js';
import type { DataType } from '../gen/spark/connect/types_pb.js';
import { literalValue } from '../plan/literal.ts';
import { sqlCommand } from '../plan/command.ts';
import { commandPlan, queryPlan } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import { over, type Progress, progressOf } from '../progress/progress.ts';
import type { Work } from './work.ts';
import type { Row } from '../rows/row.ts';

export interface ResultOptions extends ExecuteOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

type Answer = ExecutePlanResponse['responseType'];

/** What becomes of a batch; undefined for nothing to hand on. */
export interface Decoder<T> {
  readonly batch: (whole: WholeBatch) => T | undefined;
  /** @throws SparkError `usage` for columns that cannot be given in this form */
  readonly schema: (schema: DataType) => void;
}

/** Runs the plan once. @throws SparkError */
export async function* results<T>(
  client: SparkClient,
  work: Work,
  decoder: Decoder<T>,
  options: ResultOptions,
): AsyncGenerator<T, void, void> {
  const batches = new BatchAssembler();
  let unexecuted: Relation | undefined;
  for await (const answer of answers(client, work, options, decoder.schema)) {
    if (answer.case === 'resultComplete') batches.end();
    if (answer.case === 'sqlCommandResult') unexecuted = queryOf(answer.value.relation);
    const whole = batchOfAnswer(batches, answer);
    const decoded = whole && decoder.batch(whole);
    if (decoded !== undefined) yield decoded;
  }
  // A query given as a command was only planned: its answer is the plan to run.
  if (unexecuted !== undefined)
    yield* results(client, { plan: queryPlan(unexecuted), observations: [] }, decoder, options);
}

/** Runs SQL text as a command, once. @returns its rows as a relation; a query is only planned. @throws SparkError */
export async function commandResult(client: SparkClient, sql: Relation, options: ResultOptions): Promise<Relation> {
  let relation: Relation | undefined;
  const work = { plan: commandPlan(sqlCommand(sql)), observations: [] };
  for await (const answer of answers(client, work, options))
    if (answer.case === 'sqlCommandResult') relation = answer.value.relation;
  if (relation === undefined) throw new SparkError('protocol', 'The server answered a command without its result.');
  return relation;
}

/** Runs a command once. @returns all answers, of which those that a frame is made of are few and small. @throws SparkError */
export async function commandAnswers(client: SparkClient, work: Work, options: ResultOptions): Promise<Answer[]> {
  const all: Answer[] = [];
  for await (const answer of answers(client, work, options)) all.push(answer);
  return all;
}

/** What the server says, while observed values and progress go where they belong. */
async function* answers(
  client: SparkClient,
  { plan, observations }: Work,
  options: ResultOptions,
  onSchema: (schema: DataType) => void = () => undefined,
): AsyncGenerator<Answer, void, void> {
  for (const observation of observations) observation.record(undefined);
  const { operationId, responses } = execute(client, plan, options);
  let last: Progress | undefined;
  try {
    for await (const { observedMetrics, schema, responseType } of responses) {
      for (const metrics of observedMetrics) {
        const observation = observations.find(({ name }) => name === metrics.name);
        if (observation !== undefined) observe(observation, metrics);
      }
      if (schema !== undefined) onSchema(schema);
      if (responseType.case === 'executionProgress') {
        last = progressOf(operationId, responseType.value);
        options.onProgress?.(last);
      }
      yield responseType;
    }
  } finally {
    // However it ended: whoever shows the progress must not show it for ever.
    if (last !== undefined) options.onProgress?.(over(last));
  }
}

function batchOfAnswer(batches: BatchAssembler, { case: kind, value }: Answer): WholeBatch | undefined {
  if (kind === 'arrowBatch') return batches.add(value);
  if (kind !== 'sqlCommandResult' || value.relation?.relType.case !== 'localRelation') return undefined;
  const { data } = value.relation.relType.value;
  return data === undefined || data.length === 0 ? undefined : { data };
}

function queryOf(relation: Relation | undefined): Relation | undefined {
  return relation?.relType.case === 'localRelation' ? undefined : relation;
}

/** The action itself goes on whatever becomes of the values. */
function observe(observation: Observation, metrics: ExecutePlanResponse_ObservedMetrics): void {
  try {
    observation.record(observedValues(metrics));
  } catch (error) {
    observation.record(undefined, error as SparkError);
  }
}

/** 4.1 and later say when the aggregates themselves failed; like an empty answer that leaves the values unknown. */
function observedValues({ keys, values, rootErrorIdx }: ExecutePlanResponse_ObservedMetrics): Row | undefined {
  if (rootErrorIdx !== undefined || keys.length !== values.length) return undefined;
  return Object.fromEntries(keys.map((key, index) => [key, literalValue(values[index] as (typeof values)[number])]));
}
