/** Questions a session asks beside running plans: the first ones of a connection, schema and explain. */
import { askConf } from './conf.ts';
import type { SparkClient } from '../protocol/client.ts';
import { SparkError } from '../errors.ts';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { AnalyzePlanRequest_Explain_ExplainMode, type AnalyzePlanRequestSchema } from '../gen/spark/connect/base_pb.js';
import type { DataType } from '../gen/spark/connect/types_pb.js';
import type { PlanMessage } from '../plan/plan.ts';
import type { Relation } from '../plan/relation.ts';
import { storageLevel, type StorageLevel } from '../plan/storage-level.ts';
import type { ExplainMode, Question, QuestionAnswer, QuestionName } from './work.ts';
import { unreachable } from '../protocol/server-error.ts';

/** Of the settings that say how the SQL engine works; the server leaves it out of its answers. */
const SQL_PREFIX = 'spark.sql.';
/** A server that has just started loads many classes for its first session. */
const FIRST_ANSWER_MS = 60_000;

export interface FirstCalls {
  readonly connectTimeoutMs: number;
  readonly conf: Readonly<Record<string, string>>;
  readonly inheritsConf?: ((key: string) => boolean) | undefined;
  readonly minVersion: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * @returns the version of the server
 * @throws SparkError `unreachable` where there is no connection in time, `usage` where the server is too old
 */
export async function connected(client: SparkClient, calls: FirstCalls): Promise<string> {
  const { connectTimeoutMs, conf, inheritsConf, minVersion, signal } = calls;
  const version = await firstAnswer(client, connectTimeoutMs, signal);
  // Before anything else is asked: an older server drops fields that it does not know without a word.
  if (minVersion !== undefined && isOlder(version, minVersion)) {
    const message = `The Spark server at ${client.server} has version ${version}; ${minVersion} or newer is needed.`;
    throw new SparkError('usage', message);
  }
  if (inheritsConf !== undefined) await disinherit(client, inheritsConf, signal);
  const pairs = Object.entries(conf).map(([key, value]) => ({ key, value }));
  if (pairs.length > 0) await askConf(client, { case: 'set', value: { pairs } }, signal);
  return version;
}

/** Gives the session Spark's own defaults for what it should not have from the server. */
async function disinherit(
  client: SparkClient,
  inheritsConf: (key: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const set = await askConf(client, { case: 'getAll', value: { prefix: SQL_PREFIX } }, signal);
  const unwanted = set.map(({ key }) => `${SQL_PREFIX}${key}`).filter((key) => !inheritsConf(key));
  if (unwanted.length === 0) return;
  const answers = await askConf(client, { case: 'isModifiable', value: { keys: unwanted } }, signal);
  const keys = answers.filter(({ value }) => value === 'true').map(({ key }) => key);
  if (keys.length > 0) await askConf(client, { case: 'unset', value: { keys } }, signal);
}

/** Compares `4.2.0` and the like by their numbers; what follows them (`-SNAPSHOT`) does not count. */
function isOlder(version: string, minVersion: string): boolean {
  const numbers = (text: string): number[] => text.split(/[.-]/).slice(0, 3).map(Number);
  const [have, need] = [numbers(version), numbers(minVersion)];
  const differing = need.findIndex((number, index) => number !== (have[index] ?? 0));
  return differing !== -1 && (have[differing] ?? 0) < (need[differing] ?? 0);
}

async function firstAnswer(
  client: SparkClient,
  connectTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const timeout = new AbortController();
  // What answers no connection request at all keeps the call waiting: only this ends it.
  const timer = setTimeout(() => {
    if (!client.isConnected()) timeout.abort();
  }, connectTimeoutMs);
  const either = signal === undefined ? timeout.signal : AbortSignal.any([signal, timeout.signal]);
  const options = {
    signal: either,
    deadlineMs: Math.max(connectTimeoutMs, FIRST_ANSWER_MS),
    budgetMs: connectTimeoutMs,
  };
  try {
    return await version(client, options);
  } catch (error) {
    if (!timeout.signal.aborted || signal?.aborted === true) throw error;
    const last = client.lastFailure ?? new Error('no answer to the connection request');
    throw unreachable(last, { server: client.server, waitedMs: connectTimeoutMs });
  } finally {
    clearTimeout(timer);
  }
}

async function version(client: SparkClient, options: Parameters<SparkClient['call']>[2]): Promise<string> {
  const { result } = await client.call('analyzePlan', { analyze: { case: 'sparkVersion', value: {} } }, options);
  if (result.case !== 'sparkVersion') throw unexpected('the version');
  return result.value.version;
}

/** Asks something about a plan. */
export async function answerOf<N extends QuestionName>(
  client: SparkClient,
  name: N,
  value: Question<N>,
  signal: AbortSignal | undefined,
): Promise<QuestionAnswer<N>> {
  const fields = { analyze: { case: name, value } } as MessageInitShape<typeof AnalyzePlanRequestSchema>;
  const { result } = await client.call('analyzePlan', fields, { signal });
  if (result.case !== name) throw unexpected(`the ${name} of a plan`);
  return result.value as QuestionAnswer<N>;
}

/** The type of the rows of a plan's result. */
export async function schemaOf(
  client: SparkClient,
  plan: PlanMessage,
  signal: AbortSignal | undefined,
): Promise<DataType> {
  const { result } = await client.call('analyzePlan', { analyze: { case: 'schema', value: { plan } } }, { signal });
  if (result.case !== 'schema' || result.value.schema === undefined) throw unexpected('the schema');
  return result.value.schema;
}

/** Keeps the rows of a relation on the server from its first use on; without a level it lets them go. */
export async function keep(
  client: SparkClient,
  relation: Relation,
  level: StorageLevel | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const analyze =
    level === undefined
      ? { case: 'unpersist' as const, value: { relation, blocking: false } }
      : { case: 'persist' as const, value: { relation, storageLevel: storageLevel(level) } };
  await client.call('analyzePlan', { analyze }, { signal });
}

const EXPLAIN_MODES = {
  simple: AnalyzePlanRequest_Explain_ExplainMode.SIMPLE,
  extended: AnalyzePlanRequest_Explain_ExplainMode.EXTENDED,
  codegen: AnalyzePlanRequest_Explain_ExplainMode.CODEGEN,
  cost: AnalyzePlanRequest_Explain_ExplainMode.COST,
  formatted: AnalyzePlanRequest_Explain_ExplainMode.FORMATTED,
} as const;

export async function explainText(
  client: SparkClient,
  plan: PlanMessage,
  mode: ExplainMode,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (!Object.hasOwn(EXPLAIN_MODES, mode))
    throw new SparkError('usage', `"${mode}" is no way to explain: ${Object.keys(EXPLAIN_MODES).join(', ')}.`);
  const explain = { plan, explainMode: EXPLAIN_MODES[mode] };
  const { result } = await client.call('analyzePlan', { analyze: { case: 'explain', value: explain } }, { signal });
  if (result.case !== 'explain') throw unexpected('how a plan is run');
  return result.value.explainString;
}

function unexpected(what: string): SparkError {
  return new SparkError('protocol', `Asked for ${what}, the server answered something else.`);
}
