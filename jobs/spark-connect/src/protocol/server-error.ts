/** A failed call and what the server says about it, to one SparkError. */
import type { Message } from '@bufbuild/protobuf';
import { type QueryContext, SparkError, type SparkErrorCode } from '../errors.ts';
import {
  type FetchErrorDetailsResponse,
  type FetchErrorDetailsResponse_QueryContext,
  FetchErrorDetailsResponse_QueryContext_ContextType as ContextType,
  type FetchErrorDetailsResponse_StackTraceElement,
} from '../gen/spark/connect/base_pb.js';
import { tlsAdvice, tokenRefused } from './tls-advice.ts';
import { requestFault } from './request-fault.ts';
import { isRetryable } from './retry.ts';
import { type RpcFailure, Status } from './transport.ts';

export interface ErrorContext {
  /** `host:port` */
  readonly server: string;
  readonly operationId?: string | undefined;
  /** How long the call was tried, where that is why it failed. */
  readonly waitedMs?: number | undefined;
  /** What was asked, or the part of it that may be large. */
  readonly request?: Message | undefined;
}

/** The id under which the server keeps the details of an error, once. */
export function errorIdOf({ details }: RpcFailure): string | undefined {
  return details.metadata?.['errorId'];
}

/** @param fetched the details, which are whole where the failure itself is cut; undefined where they could not be had */
export function toSparkError(
  failure: RpcFailure,
  fetched: FetchErrorDetailsResponse | undefined,
  context: ErrorContext,
): SparkError {
  if (failure.status === Status.UNAVAILABLE || failure.status === Status.DEADLINE_EXCEEDED)
    return unreachable(failure, context);
  if (failure.status === Status.UNAUTHENTICATED) return tokenRefused(failure, context.server);
  if (isLost(failure)) return sessionLost(failure, context);
  const fault = requestFault(failure, context.request);
  if (fault !== undefined) return new SparkError('usage', fault, { operationId: context.operationId, cause: failure });
  const fromDetails =
    fetched?.rootErrorIdx === undefined ? undefined : chained(fetched, fetched.rootErrorIdx, failure, context);
  return fromDetails ?? fromMetadata(failure, context);
}

export function unreachable(
  failure: Pick<RpcFailure, 'message'>,
  { server, operationId, waitedMs }: ErrorContext,
): SparkError {
  const time = waitedMs === undefined ? '' : ` within ${seconds(waitedMs)} s`;
  const text = `The Spark Connect server at ${server} could not be reached${time}: ${failure.message.trim()}`;
  const distrust = tlsAdvice({ status: Status.UNAVAILABLE, message: failure.message });
  const advice =
    distrust === undefined
      ? 'Check that it runs, that host and port are right, and whether it wants TLS (use_ssl).'
      : `${distrust}.`;
  return new SparkError('unreachable', `${text.replace(/\.?$/, '.')} ${advice}`, {
    operationId,
    retryable: distrust === undefined,
    cause: failure,
  });
}

export function sessionLost(failure: Pick<RpcFailure, 'message'>, { server, operationId }: ErrorContext): SparkError {
  const what = failure.message.includes('INVALID_HANDLE.OPERATION_') ? `operation ${operationId}` : 'this session';
  const text = `The server at ${server} no longer knows ${what}: ${failure.message}`;
  const advice = 'It was restarted, or was not asked for too long. Connect again and repeat the work.';
  return new SparkError('session-lost', `${text.replace(/\.?$/, '.')} ${advice}`, {
    operationId,
    retryable: true,
    cause: failure,
    errorClass: /INVALID_HANDLE\.[A-Z_]+/.exec(failure.message)?.[0],
  });
}

function isLost({ message }: RpcFailure): boolean {
  return /INVALID_HANDLE\.(SESSION_|OPERATION_NOT_FOUND|OPERATION_ABANDONED)/.test(message);
}

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

/** The chain of causes ends where an index leads nowhere, or back. */
function chained(
  fetched: FetchErrorDetailsResponse,
  rootIndex: number,
  failure: RpcFailure,
  context: ErrorContext,
): SparkError | undefined {
  const chain = [];
  const seen = new Set<number>();
  for (let index: number | undefined = rootIndex; index !== undefined && !seen.has(index);) {
    const error: FetchErrorDetailsResponse['errors'][number] | undefined = fetched.errors[index];
    if (error === undefined) break;
    seen.add(index);
    chain.push(error);
    index = error.causeIdx;
  }
  return chain.reduceRight<SparkError | undefined>((cause, error) => {
    const throwable = error.sparkThrowable;
    const errorClass = throwable?.errorClass ?? failure.details.metadata?.['errorClass'];
    return new SparkError(
      codeOf(errorClass, failure),
      error.message || wordless(error.errorTypeHierarchy, failure, context),
      {
        errorClass,
        sqlState: throwable?.sqlState ?? failure.details.metadata?.['sqlState'],
        messageParameters: throwable?.messageParameters,
        classes: error.errorTypeHierarchy,
        queryContexts: throwable?.queryContexts.map(queryContext),
        serverStack: error.stackTrace.map(stackLine),
        operationId: context.operationId,
        retryable: isRetryable(failure),
        cause: cause ?? failure,
      },
    );
  }, undefined);
}

function queryContext({ contextType, ...context }: FetchErrorDetailsResponse_QueryContext): QueryContext {
  const { objectType, objectName, startIndex, stopIndex, fragment, callSite, summary } = context;
  const kind = contextType === ContextType.DATAFRAME ? 'dataframe' : 'sql';
  return { kind, objectType, objectName, startIndex, stopIndex, fragment, callSite, summary };
}

/** As the JVM writes it. */
function stackLine({ declaringClass, methodName, fileName, lineNumber }: FetchErrorDetailsResponse_StackTraceElement) {
  const place = fileName === undefined ? 'Unknown Source' : lineNumber < 0 ? fileName : `${fileName}:${lineNumber}`;
  return `${declaringClass}.${methodName}(${place})`;
}

/** Some exceptions of a JVM have no message. */
function wordless([name]: readonly string[], { status }: RpcFailure, { server }: ErrorContext): string {
  return `The server at ${server} failed without a message: ${name ?? `gRPC status ${status}`}. Its log says more.`;
}

function fromMetadata(failure: RpcFailure, context: ErrorContext): SparkError {
  const { operationId } = context;
  const metadata = failure.details.metadata ?? {};
  const errorClass = metadata['errorClass'];
  const classes = textList(metadata['classes']);
  return new SparkError(codeOf(errorClass, failure), failure.message || wordless(classes, failure, context), {
    errorClass,
    sqlState: metadata['sqlState'],
    messageParameters: textMap(metadata['messageParameters']),
    classes,
    operationId,
    retryable: isRetryable(failure),
    cause: failure,
  });
}

function codeOf(errorClass: string | undefined, failure: RpcFailure): SparkErrorCode {
  if (errorClass === 'OPERATION_CANCELED' || failure.message.includes('[OPERATION_CANCELED]')) return 'interrupted';
  return 'server';
}

function textMap(json: string | undefined): Record<string, string> {
  const value = parsed(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function textList(json: string | undefined): string[] {
  const value = parsed(json);
  return Array.isArray(value) ? value.map(String) : [];
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
