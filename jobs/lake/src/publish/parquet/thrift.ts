/**
 * Thrift's compact protocol, as Parquet's footers are written in it, read so that writing gives the same bytes again.
 *
 * Libraries for Parquet read a footer into names they know and forget the width of a number; what is to be changed in one place
 * must keep everything else, also what nobody knew when this was written.
 */

/** Codes of the protocol for what a field holds; a field that is true or false says so by its code alone. */
export const TYPE = {
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
};
const STOP = 0;
/** A longer list says its length after the header. */
const SHORT_LIST = 15;
const DOUBLE_BYTES = 8;

export type ThriftValue = bigint | Uint8Array | ThriftList | ThriftStruct | undefined;

export interface ThriftList {
  readonly of: number;
  readonly items: readonly ThriftValue[];
}

export interface ThriftField {
  readonly type: number;
  /** Undefined for true and false; a double keeps its bytes. */
  readonly value: ThriftValue;
}

/** By number, in ascending order. */
export type ThriftStruct = ReadonlyMap<number, ThriftField>;

/** @throws RangeError where the bytes end too early; Error for a type that Parquet does not use */
export function readThrift(bytes: Uint8Array, from = 0): { readonly struct: ThriftStruct; readonly end: number } {
  const reader = new ThriftReader(bytes, from);
  const struct = reader.struct();
  return { struct, end: reader.at };
}

export function writeThrift(struct: ThriftStruct): Uint8Array {
  const out: number[] = [];
  writeStruct(out, struct);
  return Uint8Array.from(out);
}

class ThriftReader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.at = from;
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftField>();
    let id = 0;
    for (let header = this.#byte(); header !== STOP; header = this.#byte()) {
      const delta = header >> 4;
      const type = header & 0x0f;
      id = delta === 0 ? Number(this.#zigzag()) : id + delta;
      const isBool = type === TYPE.true || type === TYPE.false;
      fields.set(id, { type, value: isBool ? undefined : this.#value(type) });
    }
    return fields;
  }

  #value(type: number): ThriftValue {
    switch (type) {
      // In a list a truth value is a byte.
      case TYPE.true:
      case TYPE.false:
      case TYPE.i8:
        return BigInt(this.#byte());
      case TYPE.i16:
      case TYPE.i32:
      case TYPE.i64:
        return this.#zigzag();
      case TYPE.double:
        return this.#take(DOUBLE_BYTES);
      case TYPE.binary:
        return this.#take(Number(this.#varint()));
      case TYPE.list:
      case TYPE.set:
        return this.#list();
      case TYPE.struct:
        return this.struct();
      default:
        throw new Error(`a Thrift field of type ${type} at byte ${this.at}`);
    }
  }

  #list(): ThriftList {
    const header = this.#byte();
    const of = header & 0x0f;
    const short = header >> 4;
    const length = short === SHORT_LIST ? Number(this.#varint()) : short;
    return { of, items: Array.from({ length }, () => this.#value(of)) };
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new RangeError(`the Thrift structure does not end before byte ${this.#bytes.length}`);
    return byte;
  }

  #take(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new RangeError(`${length} bytes at ${this.at} are not there`);
    return this.#bytes.subarray(this.at, (this.at += length));
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }
}

function writeStruct(out: number[], struct: ThriftStruct): void {
  let previous = 0;
  for (const [id, { type, value }] of struct) {
    const delta = id - previous;
    if (delta > 0 && delta < 16) out.push((delta << 4) | type);
    else {
      out.push(type);
      writeZigzag(out, BigInt(id));
    }
    previous = id;
    if (value !== undefined) writeValue(out, type, value);
  }
  out.push(STOP);
}

function writeValue(out: number[], type: number, value: ThriftValue): void {
  if (value instanceof Uint8Array) {
    if (type === TYPE.binary) writeVarint(out, BigInt(value.length));
    for (const byte of value) out.push(byte);
  } else if (typeof value === 'bigint') {
    if (type === TYPE.i16 || type === TYPE.i32 || type === TYPE.i64) writeZigzag(out, value);
    else out.push(Number(value));
  } else if (isList(value)) {
    const { of, items } = value;
    out.push((Math.min(items.length, SHORT_LIST) << 4) | of);
    if (items.length >= SHORT_LIST) writeVarint(out, BigInt(items.length));
    for (const item of items) writeValue(out, of, item);
  } else if (value !== undefined) writeStruct(out, value);
}

const isList = (value: ThriftValue): value is ThriftList => value !== undefined && 'items' in (value as object);

function writeVarint(out: number[], value: bigint): void {
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
  out.push(Number(rest));
}

const writeZigzag = (out: number[], value: bigint): void =>
  writeVarint(out, BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
