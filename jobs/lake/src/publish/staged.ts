/** What a run wrote into staging: inspected before anything else may happen to it. */
import { createHash } from 'node:crypto';
import { parquetMetadataAsync } from 'hyparquet';
import { LakeError } from '../failure.ts';
import { fingerprint } from '../fingerprint.ts';
import { joinParquet } from './parquet/join.ts';
import type { ListedObject, ObjectFacts, ObjectStore } from '../stores/store.ts';

export interface Staged {
  readonly key: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly rows: number;
  /**
   * Of a Parquet object: what its readers get, whichever process wrote it. A hash of the bytes before the footer, the schema
   * and the number of rows; a footer also says how pages are encoded, in an order that differs from one JVM to another.
   */
  readonly contentSha256?: string;
}

/** Hidden names are the writer's own: `_SUCCESS`, checksums. */
const isHidden = (key: string): boolean => /(^|\/)[._][^/]*$/.test(key);

/**
 * The Parquet object that Spark wrote below a staging prefix, with the rows that its footer counts. What several writers wrote
 * becomes one object beside the prefix.
 *
 * @param writers how many objects there may be at most: a writer that got no row leaves none
 * @throws LakeError unexpected where the write did not end, or left another number of objects
 */
export async function stagedParquet(store: ObjectStore, prefix: string, writers = 1): Promise<Staged> {
  const written = await writtenObjects(store, prefix, writers);
  const joined = `${prefix}.parquet`;
  if (written.length > 1) await joinParquet(store, written, joined);
  const { bodySha256, ...staged } = await factsOf(store, written.length > 1 ? joined : written[0]!.key);
  const file = { byteLength: staged.sizeBytes, slice: range(store, staged) };
  const { num_rows: rows, schema } = await parquetMetadataAsync(file);
  const contentSha256 = bodySha256 === undefined ? undefined : fingerprint([bodySha256, Number(rows), schema]);
  return { ...staged, rows: Number(rows), ...(contentSha256 === undefined ? {} : { contentSha256 }) };
}

/** The one object of JSON lines that Spark wrote below a staging prefix; the rows are what the caller observed. */
export async function stagedLines(store: ObjectStore, prefix: string, rows: number): Promise<Staged> {
  const [written] = await writtenObjects(store, prefix, 1);
  const { key, sizeBytes, sha256 } = await factsOf(store, written!.key);
  return { key, sizeBytes, sha256, rows };
}

/** Content made by the job itself, staged so that it is published by the same step as everything else. */
export async function stageContent(
  store: ObjectStore,
  key: string,
  content: Uint8Array,
  rows: number,
): Promise<Staged> {
  await store.put(key, content);
  return { key, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), rows };
}

/** In the order of their names, which is that of their writers. */
async function writtenObjects(store: ObjectStore, prefix: string, writers: number): Promise<ListedObject[]> {
  const objects = await store.list(prefix);
  const parts = objects.filter((object) => !isHidden(object.key));
  const isComplete = objects.some((object) => object.key.endsWith('/_SUCCESS'));
  if (isComplete && parts.length >= 1 && parts.length <= writers) return parts;
  const found = parts.length === 0 ? 'no object' : parts.map((object) => object.key).join(', ');
  const mark = isComplete ? '' : ' and no _SUCCESS';
  const owed = writers === 1 ? 'exactly one written object' : `1 to ${writers} written objects`;
  throw new LakeError('unexpected', `${store.url(prefix)} should hold ${owed}, but has ${found}${mark}`);
}

async function factsOf(
  store: ObjectStore,
  key: string,
): Promise<Pick<ObjectFacts, 'key' | 'sizeBytes' | 'sha256' | 'bodySha256'>> {
  const facts = await store.head(key);
  if (facts === undefined) throw new LakeError('unexpected', `${store.url(key)} vanished after it was written`);
  const { sizeBytes, sha256, bodySha256 } = facts;
  return { key, sizeBytes, sha256, ...(bodySha256 === undefined ? {} : { bodySha256 }) };
}

function range(store: ObjectStore, staged: { key: string; sizeBytes: number }) {
  return async (start: number, end = staged.sizeBytes): Promise<ArrayBuffer> => {
    const content = await store.readRange(staged.key, start, end);
    return content.slice().buffer;
  };
}
