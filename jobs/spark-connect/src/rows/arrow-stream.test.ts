import { expect, test } from '@jest/globals';
import { rowsOf } from './arrow.ts';
import { joinedStreams, splitStream } from './arrow-stream.ts';
import { localRowsIpc } from './local-rows.ts';

const rows = Array.from({ length: 10_000 }, (_, n) => ({
  n,
  text: `row ${n}`,
  tags: n % 2 === 0 ? ['a', null] : null,
}));
const stream = localRowsIpc(rows, 'n INT, text STRING, tags ARRAY<STRING>');
const whole = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

test('a stream is split into streams that hold its rows in order, none larger than said', () => {
  const streams = splitStream(stream, 150_000).map(whole);
  expect(streams.length).toBeGreaterThan(1);
  for (const one of streams) expect(one.length).toBeLessThanOrEqual(150_000);
  expect(streams.flatMap((data) => rowsOf({ data }))).toEqual(rows);
  expect(rowsOf({ data: joinedStreams(streams) })).toEqual(rows);
});

test('a batch that alone is larger than said is a stream by itself, and so are no rows at all', () => {
  expect(splitStream(stream, 1).flatMap((parts) => rowsOf({ data: whole(parts) }))).toEqual(rows);
  const none = localRowsIpc([], 'n INT');
  expect(splitStream(none, 1).map((parts) => rowsOf({ data: whole(parts) }))).toEqual([[]]);
});
