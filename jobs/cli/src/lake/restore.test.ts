import { expect, test } from '@jest/globals';
import { versionRows } from './restore.ts';

test('versions are rows with a short hash; what a store does not know is a dash', () => {
  const at = new Date('2020-01-05T00:00:00Z');
  const sha256 = 'a'.repeat(64);
  expect(
    versionRows([
      { versionId: 'v2', modifiedAt: at, sizeBytes: 7, isCurrent: true, runId: 'bad', sha256 },
      { versionId: 'v1', modifiedAt: at, sizeBytes: 5, isCurrent: false, runId: undefined, sha256: undefined },
    ]),
  ).toStrictEqual([
    ['version', 'time', 'bytes', 'run', 'sha256', ''],
    ['v2', '2020-01-05T00:00:00.000Z', 7, 'bad', 'aaaaaaaaaaaa', 'current'],
    ['v1', '2020-01-05T00:00:00.000Z', 5, '-', '-', ''],
  ]);
});
