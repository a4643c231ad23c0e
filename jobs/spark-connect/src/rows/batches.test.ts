import { describe, expect, test } from '@jest/globals';
import { BatchAssembler } from './batches.ts';

const part = (text: string, rowCount: number, startOffset: number, chunk?: readonly [index: number, of: number]) => ({
  data: new TextEncoder().encode(text),
  rowCount: BigInt(rowCount),
  startOffset: BigInt(startOffset),
  ...(chunk === undefined ? {} : { chunkIndex: BigInt(chunk[0]), numChunksInBatch: BigInt(chunk[1]) }),
});
const textOf = (data: Uint8Array | undefined): string => new TextDecoder().decode(data);

describe('the batches of a result', () => {
  test('come whole where they are not cut', () => {
    const batches = new BatchAssembler();
    expect(textOf(batches.add(part('ab', 2, 0))?.data)).toBe('ab');
    expect(batches.add(part('c', 1, 2))).toMatchObject({ rowCount: 1 });
    batches.end();
  });

  test('are put together from their parts', () => {
    const batches = new BatchAssembler();
    expect(batches.add(part('ab', 5, 0, [0, 3]))).toBeUndefined();
    expect(batches.add(part('cd', 5, 0, [1, 3]))).toBeUndefined();
    expect(textOf(batches.add(part('e', 5, 0, [2, 3]))?.data)).toBe('abcde');
    expect(textOf(batches.add(part('f', 1, 5, [0, 1]))?.data)).toBe('f');
  });

  test('that begin at the wrong row are refused: one is missing or came twice', () => {
    const batches = new BatchAssembler();
    batches.add(part('a', 2, 0));
    expect(() => batches.add(part('a', 2, 0))).toThrow('begins at row 0, expected was row 2');
  });

  test('without a start row, as older servers send them, are taken', () => {
    const { startOffset: _, ...old } = part('a', 2, 0);
    const batches = new BatchAssembler();
    batches.add(old);
    expect(batches.add(old)).toBeDefined();
  });

  test('with a part missing, doubled or of another batch are refused', () => {
    expect(() => new BatchAssembler().add(part('b', 5, 0, [1, 2]))).toThrow(
      'part 1 of a batch came, expected was part 0',
    );
    const doubled = new BatchAssembler();
    doubled.add(part('a', 5, 0, [0, 2]));
    expect(() => doubled.add(part('a', 5, 0, [0, 2]))).toThrow('part 0');
    const mixed = new BatchAssembler();
    mixed.add(part('a', 5, 0, [0, 2]));
    expect(() => mixed.add(part('b', 6, 0, [1, 2]))).toThrow('do not belong together');
  });

  test('that end inside a batch are refused', () => {
    const batches = new BatchAssembler();
    batches.add(part('a', 5, 0, [0, 2]));
    expect(() => batches.end()).toThrow('ended inside a batch');
  });
});
