/** Large plans are compressed where the server says that it takes them so, and where this Node can. */
import * as zlib from 'node:zlib';
import { create, toBinary } from '@bufbuild/protobuf';
import { confValues } from './conf.ts';
import { CompressionCodec, Plan_CompressedOperation_OpType, PlanSchema } from '../gen/spark/connect/base_pb.js';
import { CommandSchema } from '../gen/spark/connect/commands_pb.js';
import { RelationSchema } from '../gen/spark/connect/relations_pb.js';
import type { PlanMessage } from '../plan/plan.ts';
import type { SparkClient } from '../protocol/client.ts';

/** Below it a plan goes as it is, whatever the conf says: asking for the conf would cost more than is won. */
const NEVER_BELOW_BYTES = 64 * 1024;
const THRESHOLD = 'spark.connect.session.planCompression.threshold';
const ALGORITHM = 'spark.connect.session.planCompression.defaultAlgorithm';
/** Node has it from 22.15 on. */
const compress: ((bytes: Uint8Array) => Uint8Array) | undefined = zlib.zstdCompressSync;

export class PlanCompression {
  readonly #client: SparkClient;
  #thresholdBytes: Promise<number> | undefined;

  constructor(client: SparkClient) {
    this.#client = client;
  }

  /** The plan itself, or one that says the same in fewer bytes. */
  async packed(plan: PlanMessage, signal: AbortSignal | undefined): Promise<PlanMessage> {
    if (compress === undefined) return plan;
    const operation = operationOf(plan);
    if (operation === undefined || operation.bytes.length < NEVER_BELOW_BYTES) return plan;
    this.#thresholdBytes ??= thresholdOf(this.#client, signal);
    if (operation.bytes.length <= (await this.#thresholdBytes)) return plan;
    const data = compress(operation.bytes);
    if (data.length >= operation.bytes.length) return plan;
    const value = { data, opType: operation.opType, compressionCodec: CompressionCodec.ZSTD };
    return create(PlanSchema, { opType: { case: 'compressedOperation', value } });
  }
}

/** @returns undefined for what cannot be written, which the call itself says better */
function operationOf({
  opType,
}: PlanMessage): { opType: Plan_CompressedOperation_OpType; bytes: Uint8Array } | undefined {
  const { RELATION, COMMAND } = Plan_CompressedOperation_OpType;
  try {
    if (opType.case === 'root') return { opType: RELATION, bytes: toBinary(RelationSchema, opType.value) };
    if (opType.case === 'command') return { opType: COMMAND, bytes: toBinary(CommandSchema, opType.value) };
  } catch {
    return undefined;
  }
  return undefined;
}

/** Infinity for a server that takes none. */
async function thresholdOf(client: SparkClient, signal: AbortSignal | undefined): Promise<number> {
  try {
    const [threshold, algorithm] = await confValues(client, [THRESHOLD, ALGORITHM] as const, signal);
    const bytes = Number(threshold ?? -1);
    return algorithm?.toUpperCase() === 'ZSTD' && bytes >= 0 ? bytes : Infinity;
  } catch {
    return Infinity;
  }
}
