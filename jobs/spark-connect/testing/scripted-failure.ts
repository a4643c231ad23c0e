/** A failure as a Spark Connect server sends it: status, message and the trailer with its details. */
import { create, toBinary } from '@bufbuild/protobuf';
import * as grpc from '@grpc/grpc-js';
import { ErrorInfoSchema, RetryInfoSchema } from '../src/gen/google/rpc/error_details_pb.js';
import { StatusSchema } from '../src/gen/google/rpc/status_pb.js';
import type { RpcFailureDetails } from '../src/protocol/transport.ts';

export interface ScriptedFailure extends RpcFailureDetails {
  /** A gRPC status code: 13 INTERNAL, 14 UNAVAILABLE, … */
  readonly status: number;
  readonly message: string;
}

export function failureTrailer(failure: ScriptedFailure) {
  const metadata = new grpc.Metadata();
  const trailer = statusTrailer(failure);
  if (trailer !== undefined) metadata.set('grpc-status-details-bin', Buffer.from(trailer));
  return Object.assign(new Error(failure.message), {
    code: failure.status,
    details: failure.message,
    metadata,
  });
}

/** The bytes of `grpc-status-details-bin`; undefined where there is nothing to say. */
export function statusTrailer({
  status,
  message,
  metadata,
  reason,
  retryDelayMs,
}: ScriptedFailure): Uint8Array | undefined {
  const details = [];
  if (metadata !== undefined || reason !== undefined) {
    const info = create(ErrorInfoSchema, {
      reason: reason ?? '',
      domain: 'org.apache.spark',
      metadata: { ...metadata },
    });
    details.push({
      typeUrl: `type.googleapis.com/${ErrorInfoSchema.typeName}`,
      value: toBinary(ErrorInfoSchema, info),
    });
  }
  if (retryDelayMs !== undefined) {
    const retryDelay = { seconds: BigInt(Math.floor(retryDelayMs / 1_000)), nanos: (retryDelayMs % 1_000) * 1_000_000 };
    const info = create(RetryInfoSchema, { retryDelay });
    details.push({
      typeUrl: `type.googleapis.com/${RetryInfoSchema.typeName}`,
      value: toBinary(RetryInfoSchema, info),
    });
  }
  if (details.length === 0) return undefined;
  return toBinary(StatusSchema, create(StatusSchema, { code: status, message, details }));
}
