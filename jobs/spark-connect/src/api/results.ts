/** The answers of one operation to rows, observed values and progress. */
import { rowsOf } from '../rows/arrow.ts';
import { BatchAssembler } from '../rows/batches.ts';
import { SparkError } from '../errors.ts';
import type { Observation } from './observation.ts';
import type { SparkClient } from '../protocol/client.ts';
import { execute, type ExecuteOptions } from '../protocol/execute.ts';
import type { ExecutePlanResponse, ExecutePlanResponse_ObservedMetrics } from '../gen/spark/connect/base_pb.js';
import { assertDistinctNames } from '../plan/distinct-names.ts';
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

/** Runs the plan once. @throws SparkError */
export async function* results(
  client: SparkClient,
  work: Work,
  options: ResultOptions,
): AsyncGenerator<Row[], void, void> {
  const batches = new BatchAssembler();
  let unexecuted: Relation | undefined;
  for await (const answer of answers(client, work, options)) {
    if (answer.case === 'resultComplete') batches.end();
    if (answer.case === 'sqlCommandResult') unexecuted = queryOf(answer.value.relation);
    const rows = rowsOfAnswer(batches, answer);
    if (rows.length > 0) yield rows;
  }
  // A query given as a command was only planned: its answer is the plan to run.
  if (unexecuted !== undefined) yield* results(client, { plan: queryPlan(unexecuted), observations: [] }, options);
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
      if (schema !== undefined) assertDistinctNames(schema);
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

function rowsOfAnswer(batches: BatchAssembler, { case: kind, value }: Answer): Row[] {
  if (kind === 'arrowBatch') {
    const whole = batches.add(value);
    return whole === undefined ? [] : rowsOf(whole);
  }
  if (kind !== 'sqlCommandResult' || value.relation?.relType.case !== 'localRelation') return [];
  const { data } = value.relation.relType.value;
  return data === undefined || data.length === 0 ? [] : rowsOf({ data });
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
