import { describe, expect, test } from '@jest/globals';
import { layout } from '../../testing/layout.ts';
import { parseLogicalDate } from '../logical-date.ts';
import { removable, type Leftovers, type WrittenObject } from './retention.ts';

const NOW = new Date('2020-01-31T00:00:00Z');
const DATE = parseLogicalDate('2019-11-29');
const rules = { stagingDays: 2, supersededDays: 10 };
const daysAgo = (key: string, days: number): WrittenObject => ({
  key,
  sizeBytes: 10,
  modifiedAt: new Date(NOW.getTime() - days * 86_400_000),
});
const manifest = (runId: string): string => layout.runManifest('dataload', DATE, runId);
const rejected = (runId: string): string => layout.rejectedManifest('dataload', DATE, runId);
const quarantine = (runId: string): string => layout.quarantine(DATE, runId);
const staging = (runId: string, file: string): string => `${layout.staging('recipes', DATE, runId)}/${file}`;

const current = { runId: 'now', quarantine: { key: quarantine('now'), rows: 1, sha256: 'x' } };
const of = (part: Leftovers, known: typeof current | undefined = current, retention = rules) =>
  removable(part, known, NOW, retention);
const keysOf = (objects: readonly { readonly key: string }[]): string[] => objects.map(({ key }) => key);
const NOTHING = { staging: [], uploads: [], manifests: [], quarantine: [] };

describe('staging', () => {
  test('goes as a whole once its newest object is old', () => {
    const objects = [
      daysAgo(staging('killed', 'day/_temporary/0/x'), 9),
      daysAgo(staging('killed', 'day/part-0'), 3),
      daysAgo(staging('at-work', 'day/_temporary/0/x'), 9),
      daysAgo(staging('at-work', 'day/part-0'), 1.9),
    ];
    const whole = daysAgo(layout.staging('recipes', DATE, 'killed'), 3);
    expect(of({ staging: objects }).staging).toStrictEqual([{ ...whole, sizeBytes: 20, objects: 2 }]);
  });

  test('loose files of killed writers go by age, locks never', () => {
    const id = '4f9f0000-aaaa-4bbb-8ccc-0123456789ab';
    const objects = [
      daysAgo(`_staging/${id}.put`, 3),
      daysAgo(`_staging/${id}.put.${id}.new`, 3),
      daysAgo(`_staging/${id}.probe`, 1),
      daysAgo('_staging/locks/recipes/year=2019/x.lock', 99),
      daysAgo('_staging/notes.txt', 99),
      daysAgo('_staging/of-others.put', 99),
    ];
    const loose = [`_staging/${id}.put`, `_staging/${id}.put.${id}.new`];
    expect(keysOf(of({ staging: objects }).staging)).toStrictEqual(loose);
  });
});

describe('run manifests and quarantine', () => {
  test('of superseded and rejected runs go by age, those of the current run never', () => {
    const leftovers = {
      manifests: [
        daysAgo(manifest('now'), 99),
        daysAgo(manifest('old'), 11),
        daysAgo(manifest('recent'), 9),
        daysAgo(rejected('bad'), 11),
        daysAgo(rejected('recent-bad'), 9),
      ],
      quarantine: [daysAgo(quarantine('now'), 99), daysAgo(quarantine('old'), 11), daysAgo(quarantine('recent'), 9)],
    };
    const found = of(leftovers);
    expect(keysOf(found.manifests)).toStrictEqual([manifest('old'), rejected('bad')]);
    expect(keysOf(found.quarantine)).toStrictEqual([quarantine('old')]);
  });

  test('stay where no current manifest is known: the data may need any of them', () => {
    const leftovers = { manifests: [daysAgo(manifest('a'), 99)], quarantine: [daysAgo(quarantine('a'), 99)] };
    expect(removable(leftovers, undefined, NOW, rules)).toStrictEqual(NOTHING);
  });

  test('the quarantine object that the current manifest names stays, whatever its name', () => {
    const shared = { runId: 'now', quarantine: { key: quarantine('earlier'), rows: 1, sha256: 'x' } };
    expect(of({ quarantine: [daysAgo(quarantine('earlier'), 99)] }, shared).quarantine).toStrictEqual([]);
  });

  test('foreign files stay, unfinished ones go', () => {
    const unfinished = `${manifest('x')}.4f9f1a2e-0000-4000-8000-000000000000.new`;
    const objects = [daysAgo('manifests/dataload/2019/11/29/notes.txt', 99), daysAgo(unfinished, 99)];
    expect(keysOf(of({ manifests: objects }).manifests)).toStrictEqual([unfinished]);
  });
});

test('an upload goes once it was begun long ago', () => {
  const begun = (uploadId: string, days: number) => {
    const { key, modifiedAt } = daysAgo(layout.tableObject(DATE), days);
    return { key, uploadId, startedAt: modifiedAt };
  };
  expect(of({ uploads: [begun('a', 3), begun('b', 1.9)] }).uploads).toStrictEqual([begun('a', 3)]);
});

test('what was written within a day stays even where the configuration says 0 days', () => {
  const leftovers = (days: number) => ({
    staging: [daysAgo(staging('r', 'x'), days)],
    manifests: [daysAgo(manifest('r'), days)],
  });
  const zero = { stagingDays: 0, supersededDays: 0 };
  expect(of(leftovers(0.9), current, zero)).toStrictEqual(NOTHING);
  expect(of(leftovers(1.1), current, zero)).toMatchObject({
    staging: [{ key: layout.staging('recipes', DATE, 'r') }],
    manifests: [{ key: manifest('r') }],
  });
});
