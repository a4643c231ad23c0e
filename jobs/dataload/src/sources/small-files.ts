/**
 * Many small files, put together before Spark reads them: whatever is in a file, Spark looks for it, lists and opens it, and copies all of
 * Hadoop's settings for it. Each line of the staged objects is the number of a line in its file, the name of the file and the line as it came.
 */
import { Readable } from 'node:stream';
import { type FrozenFiles, LakeError } from 'lake';
import type { Run } from 'runtime';
import { type Column, type DataFrame, functions as F, type SparkSession } from 'spark-connect';
import { linesOf } from './lines.ts';

type File = FrozenFiles['files'][number];

export interface Gathered {
  /** Folder of the staged objects, as Spark reads it. */
  readonly url: string;
  /** Of the files that are in them. */
  readonly names: ReadonlySet<string>;
}

/** Fewer are read as they are: to stage them would take longer. */
export const MIN_SMALL_FILES = 250;
/** A larger one costs Spark more for its lines than for itself. */
const SMALL_BYTES = 32 * 1024;
/** Of a staged object, roughly: what the job holds in memory, and less than Spark reads at a time. */
const OBJECT_BYTES = 16 * 1024 ** 2;
/** A request to S3 takes milliseconds in which the job waits. */
const PARALLEL = 32;

const LINE_DIGITS = 8;
const NAME_DIGITS = 4;
const HEAD_BYTES = LINE_DIGITS + NAME_DIGITS;
const LF = Buffer.from('\n');
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export const isCompressed = (name: string): boolean => /\.(gz|zst)$/.test(name);

/** @returns those that are better put together; none where they are few. What is compressed, and names of two lines, stay as they are. */
export function smallFilesOf(files: readonly File[]): readonly File[] {
  const small = files.filter(
    ({ name, sizeBytes }) => sizeBytes <= SMALL_BYTES && !isCompressed(name) && !name.includes('\n'),
  );
  return small.length < MIN_SMALL_FILES ? [] : small;
}

/**
 * @param prefix of the staging, which ends with the run
 * @throws LakeError unreadable-input naming the file, or as the stores say
 */
export async function gather(run: Run, files: readonly File[], prefix: string): Promise<Gathered> {
  let parts: Uint8Array[] = [];
  let [bytes, objects] = [0, 0];
  const stage = async (): Promise<void> => {
    const content = Buffer.concat(parts);
    [parts, bytes] = [[], 0];
    await run.lake.put(`${prefix}/${objects++}.txt`, content);
  };
  const add = async ({ name }: File): Promise<void> => {
    run.signal.throwIfAborted();
    const framed = framedLines(name, await contentOf(run, name));
    parts.push(framed);
    bytes += framed.length;
    if (bytes >= OBJECT_BYTES) await stage();
  };
  await Readable.from(files).forEach(add, { concurrency: PARALLEL });
  await stage();
  return { url: run.lake.url(prefix), names: new Set(files.map(({ name }) => name)) };
}

async function contentOf({ landing: { store, prefix } }: Run, name: string): Promise<Uint8Array> {
  const key = prefix === '' ? name : `${prefix}/${name}`;
  const cannot = (why: string): LakeError =>
    new LakeError('unreadable-input', `${store.url(key)} cannot be read: ${why}`);
  const content = await store.get(key).catch((error: unknown) => {
    throw error instanceof LakeError ? error : cannot(String(error));
  });
  if (content === undefined) throw cannot('it is gone');
  return content;
}

/** As Spark splits a file: a line ends with LF or with the file, and a byte order mark at its beginning is none of it. */
export function framedLines(name: string, file: Uint8Array): Uint8Array {
  const content = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const nameBytes = Buffer.from(name);
  const nameHead = String(nameBytes.length).padStart(NAME_DIGITS, '0');
  const hasMark = content.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const lines = [...linesOf(hasMark ? content.subarray(BYTE_ORDER_MARK.length) : content)];
  const parts = lines.flatMap((line, index) => {
    const head = `${String(index).padStart(LINE_DIGITS, '0')}${nameHead}`;
    return [Buffer.from(head), nameBytes, line, LF];
  });
  return Buffer.concat(parts);
}

/** @returns the lines that were staged: `value`, `file` and `row`, the number of a line in its file */
export function gatheredLines(spark: SparkSession, { url }: Gathered): DataFrame {
  // Cut as bytes: a text that is no UTF-8 has no characters to count.
  const bytes = F.col('value').cast('binary');
  const cut = (from: number | Column, length: number | Column): Column =>
    F.substring(bytes, from, length).cast('string');
  const nameBytes = cut(LINE_DIGITS + 1, NAME_DIGITS).cast('int');
  const rest = F.length(bytes);
  return spark.read
    .text([url], { lineSep: '\n' })
    .select(
      cut(nameBytes.plus(HEAD_BYTES + 1), rest).as('value'),
      cut(HEAD_BYTES + 1, nameBytes).as('file'),
      cut(1, LINE_DIGITS).cast('bigint').as('row'),
    );
}
