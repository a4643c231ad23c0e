/** The S3 clients of a store: one that tries again, one that sends once. */
import { S3Client } from '@aws-sdk/client-s3';
import { statusOf } from './errors.ts';
import type { S3Settings } from './settings.ts';

/** How long a store may take, and how often it is asked. */
export interface S3Limits {
  readonly connectMs: number;
  /** Until the first byte of an answer, and between two of its bytes. */
  readonly answerMs: number;
  readonly attempts: number;
  /** For the look at the bucket with which a run begins, all attempts together. */
  readonly reachMs: number;
}

export const DEFAULT_LIMITS: S3Limits = { connectMs: 3_000, answerMs: 30_000, attempts: 3, reachMs: 12_000 };

export interface S3Clients {
  /** Tries again; for requests that may act twice. */
  readonly patient: S3Client;
  /** For conditional requests: after a lost answer a second try would meet its own object. */
  readonly once: S3Client;
}

/** Credentials come by the SDK's own chain: environment, profile, web identity, container or instance role. */
export function s3Clients(settings: S3Settings, limits: S3Limits): S3Clients {
  const { region, endpoint, pathStyle } = settings;
  const { connectMs, answerMs, attempts } = limits;
  const requestHandler = {
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    socketTimeout: answerMs,
    throwOnRequestTimeout: true,
  };
  const make = (maxAttempts: number): S3Client =>
    new S3Client({
      region,
      forcePathStyle: pathStyle,
      maxAttempts,
      requestHandler,
      customUserAgent: 'recipe-etl',
      // Checksums in trailers are news to many stores; the signature covers the content already.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint === null ? {} : { endpoint }),
    });
  return { patient: withRetriedConflicts(make(attempts)), once: make(1) };
}

/** Where two requests met, a store answers 409 and means "try again"; the SDK takes it for a fault of the caller. */
function withRetriedConflicts(client: S3Client): S3Client {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (statusOf(error) === 409) Object.assign(error as Error, { $retryable: {} });
        throw error;
      }
    },
    { name: 'retriedConflicts', step: 'deserialize', priority: 'high' },
  );
  return client;
}
