/** The answers of one operation to rows, observed values and progress. */
import { rowsOf } from '../rows/arrow.ts';
import { BatchAssembler } from '../rows/batches.ts';
import type { SparkClient } from '../protocol/client.ts';
import { execute, type ExecuteOptions } from '../protocol/execute.ts';
import type { ExecutePlanResponse, ExecutePlanResponse_ObservedMetrics } from '../gen/spark/connect/base_pb.js';
import { literalValue } from '../plan/literal.ts';
import { queryPlan } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import { over, type Progress, progressOf } from '../progress/progress.ts';
import type { Work } from './work.ts';
import type { Row } from '../rows/row.ts';

export interface ResultOptions extends ExecuteOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Runs the plan once. @throws SparkError */
export async function* results(
  client: SparkClient,
  { plan, observations }: Work,
  options: ResultOptions,
): AsyncGenerator<Row[], void, void> {
  for (const observation of observations) observation.record(undefined);
  const { operationId, responses } = execute(client, plan, options);
  const batches = new BatchAssembler();
  let unexecuted: Relation | undefined;
  let last: Progress | undefined;
  try {
    for await (const response of responses) {
      for (const metrics of response.observedMetrics) {
        observations.find(({ name }) => name === metrics.name)?.record(observedValues(metrics));
      }
      const { responseType } = response;
      if (responseType.case === 'executionProgress') {
        last = progressOf(operationId, responseType.value);
        options.onProgress?.(last);
      }
      if (responseType.case === 'resultComplete') batches.end();
      if (responseType.case === 'sqlCommandResult') unexecuted = queryOf(responseType.value.relation);
      const rows = rowsOfResponse(batches, responseType);
      if (rows.length > 0) yield rows;
    }
  } finally {
    // However it ended: whoever shows the progress must not show it for ever.
    if (last !== undefined) options.onProgress?.(over(last));
  }
  // A query given as a command was only planned: its answer is the plan to run.
  if (unexecuted !== undefined) yield* results(client, { plan: queryPlan(unexecuted), observations: [] }, options);
}

function rowsOfResponse(batches: BatchAssembler, { case: kind, value }: ExecutePlanResponse['responseType']): Row[] {
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

/** 4.1 and later say when the aggregates themselves failed; like an empty answer that leaves the values unknown. */
function observedValues({ keys, values, rootErrorIdx }: ExecutePlanResponse_ObservedMetrics): Row | undefined {
  if (rootErrorIdx !== undefined || keys.length !== values.length) return undefined;
  return Object.fromEntries(keys.map((key, index) => [key, literalValue(values[index] as (typeof values)[number])]));
}
