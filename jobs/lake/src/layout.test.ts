import { describe, expect, test } from '@jest/globals';
import {
  datePartOf,
  isOwnKey,
  isUnfinished,
  layoutOf,
  manifestsRoot,
  ownFolders,
  runIdOfManifest,
  runOfQuarantine,
  runOfRunManifest,
  stagingPrefixOf,
} from './layout.ts';
import { parseLogicalDate } from './logical-date.ts';

const layout = layoutOf({ events: 'recipe_changes', table: 'recipes' });
const date = parseLogicalDate('2019-01-02');

test('every key is spelled as readers know it', () => {
  expect({
    landing: layout.landing(date),
    landedKafka: layout.landedKafka(date),
    partition: layout.tableObject(date),
    table: layout.table,
    quarantine: layout.quarantine(date, 'r'),
    runManifests: layout.runManifests('dataload', date),
    runManifest: layout.runManifest('dataload', date, 'r'),
    rejectedManifest: layout.rejectedManifest('prepare', date, 'r'),
    currentManifest: layout.currentManifest('prepare', date),
    staging: layout.staging('recipes', date, 'r'),
    manifests: layout.manifests,
    allStaging: layout.allStaging,
    locks: layout.locks,
    report: layout.report('beef_cooking_time', date),
    indexPage: layout.indexPage,
    reportPage: layout.reportPage('beef_cooking_time', date),
  }).toStrictEqual({
    landing: 'events/recipe_changes/2019/01/02',
    landedKafka: 'events/recipe_changes/2019/01/02/kafka.parquet',
    partition: 'recipes/year=2019/month=01/day=02/recipes.parquet',
    table: 'recipes',
    quarantine: 'quarantine/recipe_changes/year=2019/month=01/day=02/r.json',
    runManifests: 'manifests/dataload/2019/01/02',
    runManifest: 'manifests/dataload/2019/01/02/r.json',
    rejectedManifest: 'manifests/prepare/2019/01/02/r.rejected.json',
    currentManifest: 'manifests/prepare/2019/01/02.json',
    staging: '_staging/recipes/2019-01-02/r',
    manifests: 'manifests',
    allStaging: '_staging',
    locks: '_staging/locks',
    report: 'beef_cooking_time/year=2019/month=01/day=02/beef_cooking_time.csv',
    indexPage: 'pages/index.html',
    reportPage: 'pages/beef_cooking_time/2019/01/02.html',
  });
});

test('a page lies in no folder whose files a reader of a report takes for CSV, and is ours in a bucket of others', () => {
  const own = ownFolders(layout, [{ name: 'beef', step: 'prepare' }], { lake: false, output: true });
  const pages = [layout.indexPage, layout.reportPage('beef', date)];
  expect(pages.map((key) => [key.startsWith('beef/'), isOwnKey(key, own)])).toStrictEqual([
    [false, true],
    [false, true],
  ]);
  expect(
    ['index.html', 'pages/about.html', 'pages/other/2019/01/02.html'].map((key) => isOwnKey(key, own)),
  ).toStrictEqual([false, false, false]);
});

test('other data has its own folders, and the same keys for everything else', () => {
  const other = layoutOf({ events: 'price_changes', table: 'prices' });
  expect([other.landing(date), other.tableObject(date), other.quarantine(date, 'r')]).toStrictEqual([
    'events/price_changes/2019/01/02',
    'prices/year=2019/month=01/day=02/prices.parquet',
    'quarantine/price_changes/year=2019/month=01/day=02/r.json',
  ]);
  expect(other.topFolders).toContain('prices');
  expect(other.currentManifest('dataload', date)).toBe(layout.currentManifest('dataload', date));
});

const ID = '4f9f0000-aaaa-4bbb-8ccc-0123456789ab';

describe('a key is understood again', () => {
  test.each([
    [layout.runManifest('dataload', date, 'r.try001'), 'r.try001', 'r.try001'],
    [layout.rejectedManifest('dataload', date, 'r'), undefined, 'r'],
    [`${layout.runManifests('dataload', date)}/notes.txt`, undefined, undefined],
    [layout.currentManifest('dataload', date), '02', undefined],
  ])('%s as a run manifest', (key, publishable, any) => {
    expect([runIdOfManifest(key), runOfRunManifest(key)]).toStrictEqual([publishable, any]);
  });

  test('a quarantine object tells its run', () => {
    expect(runOfQuarantine(layout.quarantine(date, 'r.try001'))).toBe('r.try001');
    expect(runOfQuarantine('recipes/x/r.json')).toBeUndefined();
  });

  test.each([
    [`${layout.staging('recipes', date, 'r')}/day/part-0`, layout.staging('recipes', date, 'r')],
    [layout.staging('recipes', date, 'r'), undefined],
    ['_staging/locks/recipes/year=2019/x.lock', undefined],
    [`_staging/${ID}.put`, `_staging/${ID}.put`],
    [`_staging/${ID}.put.${ID}.new`, `_staging/${ID}.put.${ID}.new`],
    ['_staging/x.put', undefined],
    ['recipes/x.put', undefined],
  ])('%s as staging', (key, prefix) => {
    expect(stagingPrefixOf(key)).toBe(prefix);
  });

  test('an unfinished file is told by its ending', () => {
    expect(isUnfinished('a.json.4f9f1a2e-0000-4000-8000-000000000000.new')).toBe(true);
    expect(isUnfinished('a.new')).toBe(false);
  });
});

describe('where days are looked for', () => {
  test.each([
    [layout.roots.landing, layout.landing(date)],
    [layout.roots.table, layout.tableObject(date)],
    [layout.roots.quarantine, layout.quarantine(date, 'r')],
    [manifestsRoot('dataload'), layout.currentManifest('dataload', date)],
    [manifestsRoot('prepare'), layout.runManifest('prepare', date, 'r')],
  ])('%j finds %s', ({ prefix, kind }, key) => {
    expect(key.startsWith(`${prefix}/`)).toBe(true);
    const [year = '', month = '', day = ''] = key.slice(prefix.length + 1).split('/');
    const parts = [datePartOf(kind, 'year', year), datePartOf(kind, 'month', month), datePartOf(kind, 'day', day)];
    expect(parts).toStrictEqual(['2019', '01', '02']);
  });

  test.each([
    ['hive', 'year', '2019'],
    ['hive', 'day', 'day=2'],
    ['slashed', 'year', 'year=2019'],
    ['slashed', 'day', '_tmp'],
    ['slashed', 'month', '111'],
  ] as const)('a %s %s is not %s', (kind, part, name) => {
    expect(datePartOf(kind, part, name)).toBeUndefined();
  });
});
