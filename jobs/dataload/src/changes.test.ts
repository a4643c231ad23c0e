import { expect, test } from '@jest/globals';
import type { Manifest } from 'lake';
import { changesSince, changesText } from './changes.ts';

const file = (name: string, etag = 'a') => ({ name, etag, sizeBytes: 1 });
const filesOf = (...files: object[]) => ({ source: 'files', folder: 'landing', files, ignored: [] });
const COUNTS = { read: 2, published: 1, superseded: 0, quarantined: 1, blank: 0 };
const REASONS = { malformed: 1 };
const BEFORE = {
  runId: 'first',
  input: filesOf(file('broken.json')),
  counts: { ...COUNTS, reasons: REASONS, warnings: { name_blank: 3 }, unknownFields: {} },
} as unknown as Manifest;
const AS_BEFORE = { input: BEFORE.input, counts: COUNTS, reasons: REASONS };

test('a further file with the corrected lines is told with what it brought', () => {
  const input = filesOf(file('broken.json'), file('corrected.json'));
  const changes = changesSince(BEFORE, { input, counts: { ...COUNTS, read: 3, published: 2 }, reasons: REASONS });
  expect(changes).toEqual({
    since: 'first',
    files: { 'corrected.json': 'new' },
    counts: { read: { before: 2, now: 3 }, published: { before: 1, now: 2 } },
    reasons: {},
  });
  expect(changesText(changes!)).toBe('since run first: corrected.json is new; read 2 -> 3, published 1 -> 2');
});

test('a file put in the place of another is told, and reasons that came and went', () => {
  const input = filesOf(file('other.json'));
  const changes = changesSince(BEFORE, { input, counts: COUNTS, reasons: { url_missing: 1 } });
  expect(changes).toEqual({
    since: 'first',
    files: { 'other.json': 'new', 'broken.json': 'gone' },
    counts: {},
    reasons: { url_missing: { before: 0, now: 1 }, malformed: { before: 1, now: 0 } },
  });
});

test('a file of the same name with other content is changed', () => {
  const changes = changesSince(BEFORE, { ...AS_BEFORE, input: filesOf(file('broken.json', 'b')) });
  expect(changes).toMatchObject({ files: { 'broken.json': 'changed' }, counts: {}, reasons: {} });
  expect(changesText(changes!)).toBe('since run first: broken.json is changed');
});

test('from Kafka only numbers are told, since offsets name no correction', () => {
  const published = { ...BEFORE, input: { source: 'kafka', partitions: [] } } as unknown as Manifest;
  const input = { source: 'kafka', partitions: [{ partition: 0 }] };
  expect(changesSince(published, { ...AS_BEFORE, input })).toBeUndefined();
  expect(changesSince(published, { ...AS_BEFORE, input, counts: { ...COUNTS, read: 3 } })).toEqual({
    since: 'first',
    counts: { read: { before: 2, now: 3 } },
    reasons: {},
  });
});

test('a day that is loaded again as it is keeps what was told of it', () => {
  expect(changesSince(BEFORE, AS_BEFORE)).toBeUndefined();
  const changes = { since: 'earlier', counts: { read: { before: 1, now: 2 } }, reasons: {} };
  expect(changesSince({ ...BEFORE, changes }, AS_BEFORE)).toBe(changes);
});

test('the first run of a day has nothing to compare with', () => {
  expect(changesSince(undefined, AS_BEFORE)).toBeUndefined();
});
