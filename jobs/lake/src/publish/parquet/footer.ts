/**
 * The end of a Parquet file that holds the row groups of several, one file's bytes after the other's.
 *
 * Every offset of a file grows by what lies before it in the whole. Also those within an offset index are positions in the
 * file: readers that skip pages follow them, so the indexes are written again before the new footer.
 * Names and numbers of fields: parquet-format 2.12, `parquet.thrift`.
 */
import { LakeError } from '../../failure.ts';
import { readThrift, type ThriftField, type ThriftList, type ThriftStruct, TYPE, writeThrift } from './thrift.ts';

const MAGIC = new TextEncoder().encode('PAR1');
/** The footer's length in four bytes, and the magic number. */
export const TRAILER_BYTES = 8;

const FILE = { rows: 3, rowGroups: 4 };
const GROUP = { columns: 1, rows: 3, fileOffset: 5, ordinal: 7 };
const CHUNK = { fileOffset: 2, metadata: 3, offsetIndexAt: 4, offsetIndexBytes: 5, columnIndexAt: 6 };
const METADATA = { dataPageAt: 9, indexPageAt: 10, dictionaryPageAt: 11, bloomFilterAt: 14 };
const OFFSET_INDEX = { locations: 1 };
const LOCATION = { offset: 1 };
/** A group's number has 16 bits. */
const MAX_ORDINAL = 32_767;

/** What has to be known of a file to join it with others. */
export interface ParquetEnd {
  /** As messages name the file. */
  readonly name: string;
  /** Where the footer begins: what lies before it is taken over as it is. */
  readonly bodyBytes: number;
  readonly footer: ThriftStruct;
}

/**
 * @param trailer the last {@link TRAILER_BYTES} of a file
 * @returns the length of the footer before them. @throws LakeError unexpected where it is no Parquet file
 */
export function footerBytes(name: string, trailer: Uint8Array): number {
  const isParquet = trailer.length === TRAILER_BYTES && MAGIC.every((byte, index) => trailer[4 + index] === byte);
  if (!isParquet) throw new LakeError('unexpected', `${name} does not end as a Parquet file does`);
  return new DataView(trailer.buffer, trailer.byteOffset).getUint32(0, true);
}

/** @throws LakeError unexpected where the footer could not be written again as it is */
export function parseFooter(name: string, bytes: Uint8Array): ThriftStruct {
  return exactly(`the footer of ${name}`, bytes);
}

/** Where the pages' positions lie, first to last; empty where no column has any. */
export function offsetIndexRange({ footer }: Pick<ParquetEnd, 'footer'>): { start: number; end: number } {
  const ranges = rowGroupsOf(footer).flatMap((group) =>
    structs(group, GROUP.columns).flatMap((chunk) => {
      const start = numberOf(chunk, CHUNK.offsetIndexAt);
      return start === undefined ? [] : [{ start, end: start + (numberOf(chunk, CHUNK.offsetIndexBytes) ?? 0) }];
    }),
  );
  if (ranges.length === 0) return { start: 0, end: 0 };
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}

const rowsOf = (footer: ThriftStruct): number => numberOf(footer, FILE.rows) ?? 0;

/** The files' bodies lie one after the other, all but the first without the magic number that a file begins with. */
export const startOfBody = (index: number): number => (index === 0 ? 0 : MAGIC.length);

export interface FileToJoin extends ParquetEnd {
  /** The bytes of its {@link offsetIndexRange}. */
  readonly offsetIndexes: Uint8Array;
}

/**
 * Offset indexes, footer and trailer of the whole.
 *
 * @param files at least one, in the order of their bodies
 * @throws LakeError unexpected where they differ in more than their rows
 */
export function joinedEnd(files: readonly FileToJoin[]): Uint8Array {
  const [first] = files as [FileToJoin];
  const bodies = files.reduce((sum, { bodyBytes }, index) => sum + bodyBytes - startOfBody(index), 0);
  const indexes: Uint8Array[] = [];
  const groups: ThriftStruct[] = [];
  let [rows, before, indexAt] = [0n, 0, bodies];
  for (const [index, file] of files.entries()) {
    assertAlike(first, file);
    rows += BigInt(rowsOf(file.footer));
    const shift = before - startOfBody(index);
    const { start: indexesAt } = offsetIndexRange(file);
    const moveIndex = (at: number, bytes: number): MovedIndex => {
      const old = file.offsetIndexes.subarray(at - indexesAt, at - indexesAt + bytes);
      const moved = writeThrift(shiftedIndex(exactly(`an offset index of ${file.name}`, old), shift));
      indexes.push(moved);
      indexAt += moved.length;
      return { at: indexAt - moved.length, bytes: moved.length };
    };
    for (const group of rowGroupsOf(file.footer)) groups.push(movedGroup(group, groups.length, shift, moveIndex));
    before += file.bodyBytes - startOfBody(index);
  }
  const footer = writeThrift(
    changed(
      changed(first.footer, FILE.rows, () => rows),
      FILE.rowGroups,
      () => ({ of: TYPE.struct, items: groups }),
    ),
  );
  const trailer = new Uint8Array(TRAILER_BYTES);
  new DataView(trailer.buffer).setUint32(0, footer.length, true);
  trailer.set(MAGIC, 4);
  return Buffer.concat([...indexes, footer, trailer]);
}

interface MovedIndex {
  readonly at: number;
  readonly bytes: number;
}

function movedGroup(
  group: ThriftStruct,
  ordinal: number,
  shift: number,
  moveIndex: (at: number, bytes: number) => MovedIndex,
): ThriftStruct {
  if (ordinal > MAX_ORDINAL) throw new LakeError('unexpected', `more than ${MAX_ORDINAL + 1} row groups in one file`);
  const moved = changedItems(group, GROUP.columns, (chunk) => movedChunk(chunk, shift, moveIndex));
  return changed(shifted(moved, [GROUP.fileOffset], shift), GROUP.ordinal, () => BigInt(ordinal));
}

function movedChunk(
  chunk: ThriftStruct,
  shift: number,
  moveIndex: (at: number, bytes: number) => MovedIndex,
): ThriftStruct {
  const inside = changed(chunk, CHUNK.metadata, (metadata) =>
    shifted(metadata as ThriftStruct, Object.values(METADATA), shift),
  );
  const moved = shifted(inside, [CHUNK.fileOffset, CHUNK.columnIndexAt], shift);
  const at = numberOf(moved, CHUNK.offsetIndexAt);
  if (at === undefined) return moved;
  const index = moveIndex(at, numberOf(moved, CHUNK.offsetIndexBytes) ?? 0);
  return changed(
    changed(moved, CHUNK.offsetIndexAt, () => BigInt(index.at)),
    CHUNK.offsetIndexBytes,
    () => BigInt(index.bytes),
  );
}

const shiftedIndex = (index: ThriftStruct, shift: number): ThriftStruct =>
  changedItems(index, OFFSET_INDEX.locations, (location) => shifted(location, [LOCATION.offset], shift));

/** Zero means that there is none. */
const shifted = (struct: ThriftStruct, ids: readonly number[], shift: number): ThriftStruct =>
  ids.reduce((all, id) => changed(all, id, (at) => (at === 0n ? at : (at as bigint) + BigInt(shift))), struct);

/** A field that is not there stays away. */
function changed(
  struct: ThriftStruct,
  id: number,
  change: (value: ThriftField['value']) => ThriftField['value'],
): ThriftStruct {
  const field = struct.get(id);
  // Set again, a key keeps its place.
  return field === undefined ? struct : new Map(struct).set(id, { ...field, value: change(field.value) });
}

const changedItems = (struct: ThriftStruct, id: number, change: (item: ThriftStruct) => ThriftStruct): ThriftStruct =>
  changed(struct, id, (list) => ({ ...(list as ThriftList), items: structsIn(list).map(change) }));

const structsIn = (list: ThriftField['value']): readonly ThriftStruct[] =>
  ((list as ThriftList | undefined)?.items ?? []) as readonly ThriftStruct[];

const structs = (struct: ThriftStruct, id: number): readonly ThriftStruct[] => structsIn(struct.get(id)?.value);

const rowGroupsOf = (footer: ThriftStruct): readonly ThriftStruct[] => structs(footer, FILE.rowGroups);

function numberOf(struct: ThriftStruct, id: number): number | undefined {
  const value = struct.get(id)?.value;
  return value === undefined ? undefined : Number(value);
}

function exactly(what: string, bytes: Uint8Array): ThriftStruct {
  const { struct, end } = readThrift(bytes);
  if (end !== bytes.length || Buffer.compare(writeThrift(struct), bytes) !== 0) {
    throw new LakeError('unexpected', `${what} is written in a way that would not survive joining it with others`);
  }
  return struct;
}

/** Schema, metadata, writer and order of columns: all that does not say how many rows lie where. */
function assertAlike(one: ParquetEnd, other: ParquetEnd): void {
  const rest = ({ footer }: ParquetEnd): Uint8Array =>
    writeThrift(new Map([...footer].filter(([id]) => !Object.values(FILE).includes(id))));
  if (Buffer.compare(rest(one), rest(other)) === 0) return;
  throw new LakeError(
    'unexpected',
    `${one.name} and ${other.name} differ in more than their rows, and cannot become one object`,
  );
}
