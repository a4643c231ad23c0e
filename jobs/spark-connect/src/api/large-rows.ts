/** Rows of this process that are too large to travel with every plan: they are sent once, before their first use. */
import { createHash } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import { confValues } from './conf.ts';
import {
  type ChunkedCachedLocalRelation,
  ChunkedCachedLocalRelationSchema,
} from '../gen/spark/connect/relations_pb.js';
import { parts } from '../plan/parts.ts';
import type { Relation } from '../plan/relation.ts';
import type { Artifact } from '../protocol/artifact-parts.ts';
import { addArtifacts, artifactStatuses } from '../protocol/artifacts.ts';
import type { SparkClient } from '../protocol/client.ts';
import { splitStream } from '../rows/arrow-stream.ts';

/** Smaller ones travel with their plans, whatever the conf says: asking for it would cost as much. */
const ALWAYS_INLINE_BYTES = 64 * 1024;
/** Confs of the session; a server before 4.1 does not know the second, and takes no pieces. */
const THRESHOLD = 'spark.sql.session.localRelationCacheThreshold';
const PIECE = 'spark.sql.session.localRelationChunkSizeBytes';

export class LargeRows {
  readonly #waiting = new Set<Relation>();
  readonly #sending = new Map<Relation, Promise<void>>();

  /** From now on a plan that has the relation waits until its rows are sent. */
  add(relation: Relation): void {
    if (bytesOf(relation).length >= ALWAYS_INLINE_BYTES) this.#waiting.add(relation);
  }

  /** Sends the rows in a plan that are not sent yet; then the plan has their names in place of them. @throws SparkError */
  async settle(plan: object, client: SparkClient, signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.size === 0) return;
    for (const part of parts(plan)) {
      const relation = part as Relation;
      if (!this.#waiting.has(relation)) continue;
      const sending = this.#sending.get(relation) ?? this.#send(relation, client, signal);
      this.#sending.set(relation, sending);
      await sending.finally(() => this.#sending.delete(relation));
    }
  }

  async #send(relation: Relation, client: SparkClient, signal: AbortSignal | undefined): Promise<void> {
    const data = bytesOf(relation);
    const [threshold = Infinity, piece = 0] = await confValues(client, [THRESHOLD, PIECE] as const, signal);
    const pieceBytes = Number(piece);
    if (pieceBytes > 0 && data.length >= Number(threshold)) {
      const value = await sentRows(client, data, pieceBytes, signal);
      // In place: every frame that was made of this one has the relation in its plan.
      relation.relType = { case: 'chunkedCachedLocalRelation', value };
    }
    this.#waiting.delete(relation);
  }
}

async function sentRows(
  client: SparkClient,
  data: Uint8Array,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<ChunkedCachedLocalRelation> {
  const pieces = splitStream(data, maxBytes).map((views) => ({ hash: hashOf(views), views }));
  const artifacts = new Map(pieces.map(({ hash, views }) => [`cache/${hash}`, artifactOf(`cache/${hash}`, views)]));
  const isThere = await artifactStatuses(client, [...artifacts.keys()], signal);
  const missing = [...artifacts.values()].filter(({ name }) => isThere[name] !== true);
  await addArtifacts(client, missing, signal);
  return create(ChunkedCachedLocalRelationSchema, { dataHashes: pieces.map(({ hash }) => hash) });
}

const artifactOf = (name: string, views: readonly Uint8Array[]): Artifact => ({
  name,
  sizeBytes: views.reduce((sum, { length }) => sum + length, 0),
  read: () => views,
});

function hashOf(views: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const view of views) hash.update(view);
  return hash.digest('hex');
}

function bytesOf({ relType }: Relation): Uint8Array {
  return relType.case === 'localRelation' ? (relType.value.data ?? new Uint8Array()) : new Uint8Array();
}
