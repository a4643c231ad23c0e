/** Several Parquet objects that Spark wrote side by side become one, without their rows passing through this process. */
import { LakeError } from '../../failure.ts';
import { inParallel } from '../../stores/in-parallel.ts';
import type { ListedObject, ObjectStore } from '../../stores/store.ts';
import {
  type FileToJoin,
  footerBytes,
  joinedEnd,
  offsetIndexRange,
  parseFooter,
  startOfBody,
  TRAILER_BYTES,
} from './footer.ts';

/** Most footers with their indexes come with the first look. */
const FIRST_LOOK_BYTES = 256 * 1024;

/**
 * The rows of the objects in their order, each with its row groups, statistics and page index.
 *
 * @param key of the run alone, where the whole is put
 * @throws LakeError unexpected where an object is no Parquet file, or differs from the others in more than its rows
 */
export async function joinParquet(store: ObjectStore, objects: readonly ListedObject[], key: string): Promise<void> {
  const files: FileToJoin[] = [];
  await inParallel(objects.length, async (index) => {
    files[index] = await readEnd(store, objects[index]!);
  });
  const bodies = objects.map((object, index) => {
    return { object, startByte: startOfBody(index), endByte: files[index]!.bodyBytes };
  });
  await store.concatenate([...bodies, joinedEnd(files)], key);
}

async function readEnd(store: ObjectStore, { key, sizeBytes }: ListedObject): Promise<FileToJoin> {
  const name = store.url(key);
  let start = Math.max(0, sizeBytes - FIRST_LOOK_BYTES);
  let held = await store.readRange(key, start, sizeBytes);
  const bytes = async (from: number, to: number): Promise<Uint8Array> => {
    if (from < 0) throw new LakeError('unexpected', `${name} is shorter than its footer says`);
    if (from < start) {
      held = Buffer.concat([await store.readRange(key, from, start), held]);
      start = from;
    }
    return held.subarray(from - start, to - start);
  };
  const footerEnd = sizeBytes - TRAILER_BYTES;
  const bodyBytes = footerEnd - footerBytes(name, await bytes(footerEnd, sizeBytes));
  const footer = parseFooter(name, await bytes(bodyBytes, footerEnd));
  const indexes = offsetIndexRange({ footer });
  return { name, bodyBytes, footer, offsetIndexes: await bytes(indexes.start, indexes.end) };
}
