/** The calls of the Spark Connect service: their messages, and how long each may take. */
import type {
  DescMethodClientStreaming,
  DescMethodServerStreaming,
  DescMethodUnary,
  MessageShape,
} from '@bufbuild/protobuf';
import { SparkConnectService } from '../gen/spark/connect/base_pb.js';

const MINUTE_MS = 60_000;
const { method } = SparkConnectService;

/** One question, one answer. `deadlineMs` is how long one try may wait for the answer. */
export const unaryRpcs = {
  analyzePlan: { method: method.analyzePlan, deadlineMs: 60 * MINUTE_MS },
  config: { method: method.config, deadlineMs: 10 * MINUTE_MS },
  interrupt: { method: method.interrupt, deadlineMs: MINUTE_MS },
  cloneSession: { method: method.cloneSession, deadlineMs: MINUTE_MS },
  releaseExecute: { method: method.releaseExecute, deadlineMs: MINUTE_MS },
  releaseSession: { method: method.releaseSession, deadlineMs: MINUTE_MS },
  artifactStatus: { method: method.artifactStatus, deadlineMs: MINUTE_MS },
  fetchErrorDetails: { method: method.fetchErrorDetails, deadlineMs: MINUTE_MS },
} as const;

/** One question, many answers. A stream that reaches its deadline is attached anew, so a query may take any time. */
export const streamRpcs = {
  executePlan: { method: method.executePlan, deadlineMs: 10 * MINUTE_MS },
  reattachExecute: { method: method.reattachExecute, deadlineMs: 10 * MINUTE_MS },
} as const;

/** Many parts of one question, one answer. */
export const uploadRpcs = {
  addArtifacts: { method: method.addArtifacts, deadlineMs: 60 * MINUTE_MS },
} as const;

export type UnaryName = keyof typeof unaryRpcs;
export type StreamName = keyof typeof streamRpcs;
export type UploadName = keyof typeof uploadRpcs;
export type UploadMethod = DescMethodClientStreaming;
export type UnaryMethod = DescMethodUnary;
export type StreamMethod = DescMethodServerStreaming;

type Rpcs = typeof unaryRpcs & typeof streamRpcs & typeof uploadRpcs;
export type RpcName = keyof Rpcs;

export type Request<N extends RpcName> = MessageShape<Rpcs[N]['method']['input']>;
export type Response<N extends RpcName> = MessageShape<Rpcs[N]['method']['output']>;
