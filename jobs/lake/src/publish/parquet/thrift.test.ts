import { expect, test } from '@jest/globals';
import { readThrift, type ThriftStruct, TYPE, writeThrift } from './thrift.ts';

const list = (of: number, items: readonly bigint[]) => ({ of, items });
const everything: ThriftStruct = new Map([
  [1, { type: TYPE.true, value: undefined }],
  [2, { type: TYPE.false, value: undefined }],
  [3, { type: TYPE.i8, value: 0x80n }],
  [4, { type: TYPE.i16, value: -32_768n }],
  [5, { type: TYPE.i32, value: -1n }],
  [6, { type: TYPE.i64, value: 2n ** 63n - 1n }],
  [7, { type: TYPE.i64, value: -(2n ** 63n) }],
  [8, { type: TYPE.double, value: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
  [9, { type: TYPE.binary, value: new Uint8Array(200).fill(0xff) }],
  [10, { type: TYPE.list, value: list(TYPE.i32, []) }],
  [
    11,
    {
      type: TYPE.list,
      value: list(
        TYPE.i64,
        Array.from({ length: 15 }, (_, index) => BigInt(index)),
      ),
    },
  ],
  [12, { type: TYPE.list, value: list(TYPE.true, [1n, 2n]) }],
  [13, { type: TYPE.set, value: list(TYPE.i16, [7n]) }],
  [29, { type: TYPE.struct, value: new Map([[1, { type: TYPE.i32, value: 5n }]]) }],
  // More than fifteen after the field before it, so that the number is spelled out.
  [4_000, { type: TYPE.struct, value: new Map() }],
]);

test('what is written is read again as it was, every type with its width', () => {
  const bytes = writeThrift(everything);
  expect(readThrift(bytes)).toEqual({ struct: everything, end: bytes.length });
});

test('the bytes are those of the compact protocol', () => {
  const struct = new Map([
    [1, { type: TYPE.i32, value: -3n }],
    [3, { type: TYPE.binary, value: Uint8Array.of(0x61) }],
    [20, { type: TYPE.i64, value: 64n }],
  ]);
  // Header of delta and type, then the value: zigzag of -3 is 5, of 20 is 40, of 64 is 128 in two bytes.
  expect([...writeThrift(struct)]).toEqual([0x15, 5, 0x28, 1, 0x61, 0x06, 40, 0x80, 0x01, 0]);
});

test('a structure may begin anywhere, and says where it ends', () => {
  const bytes = writeThrift(new Map([[1, { type: TYPE.i32, value: 1n }]]));
  expect(readThrift(Uint8Array.of(9, 9, ...bytes, 9), 2).end).toBe(2 + bytes.length);
});

test('bytes that end too early are refused wherever they are cut', () => {
  const bytes = writeThrift(everything);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => readThrift(bytes.subarray(0, length))).toThrow(RangeError);
  }
});

test('a type that Parquet does not use is refused', () => {
  expect(() => readThrift(Uint8Array.of(0x1b, 0))).toThrow('a Thrift field of type 11 at byte 1');
});
