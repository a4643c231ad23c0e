/** Reads the trailer `grpc-status-details-bin`, in which Spark says more about an error. */
import { fromBinary } from '@bufbuild/protobuf';
import { ErrorInfoSchema, RetryInfoSchema } from '../gen/google/rpc/error_details_pb.js';
import { StatusSchema } from '../gen/google/rpc/status_pb.js';
import type { RpcFailureDetails } from './transport.ts';

/** @param trailer a google.rpc.Status; what cannot be read gives no details, since the error itself must come through */
export function statusDetails(trailer: Uint8Array | undefined): RpcFailureDetails {
  if (trailer === undefined) return {};
  try {
    return readDetails(trailer);
  } catch {
    return {};
  }
}

function readDetails(trailer: Uint8Array): RpcFailureDetails {
  const details: { -readonly [K in keyof RpcFailureDetails]: RpcFailureDetails[K] } = {};
  for (const { typeUrl, value } of fromBinary(StatusSchema, trailer).details) {
    const type = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
    if (type === ErrorInfoSchema.typeName) {
      const { reason, metadata } = fromBinary(ErrorInfoSchema, value);
      details.reason = reason;
      details.metadata = metadata;
    }
    if (type === RetryInfoSchema.typeName) {
      const delay = fromBinary(RetryInfoSchema, value).retryDelay;
      details.retryDelayMs = delay === undefined ? 0 : Number(delay.seconds) * 1_000 + delay.nanos / 1_000_000;
    }
  }
  return details;
}
