import { expect, test } from '@jest/globals';
import type { DayStatus } from 'lake';
import { dayWith } from '../../testing/day-status.ts';
import { missingDays } from 'watch';
import type { ProposalPlace } from 'watch';
import { missingText, statusRemarks, statusTable } from './status-text.ts';

const NOW = new Date('2020-03-01T00:00:00Z');

/** Of a shell that runs the days itself, without Kafka. */
const place = (whereFlags = ''): ProposalPlace => ({ whereFlags, scheduler: undefined, hasKafka: false });
const KAFKA = { files: 0, sizeBytes: 0, hasKafka: true };
const MISSING = { table: 'missing', landed: null, report: 'missing', runId: null, publishedAt: null } as const;

test('one report is the column `report`, several have a column each', () => {
  const [header, row] = statusTable([dayWith()]);
  expect(header?.slice(-2)).toStrictEqual(['report', 'run']);
  expect(row).toStrictEqual(['2020-01-05', '1 file, 3 B', 'published', 1, 1, 0, '24 h', 'current', 'run-2']);
  const reports = [
    { name: 'beef_cooking_time', report: 'stale', runId: 'report-1' },
    { name: 'chicken_cooking_time', report: 'current', runId: 'report-2' },
  ] as const;
  const [names, states] = statusTable([dayWith({ reports })]);
  expect(names?.slice(-3)).toStrictEqual(['beef_cooking_time', 'chicken_cooking_time', 'run']);
  expect(states?.slice(-3)).toStrictEqual(['stale', 'current', 'run-2']);
});

test('a landing that a run would refuse is unreadable, and the reason is a remark', () => {
  const day = dayWith({ landingProblem: '/lake/x contains the sub-folder sub' });
  const [header, row] = statusTable([day]);
  expect(row?.[header!.indexOf('landed')]).toBe('unreadable');
  expect(statusRemarks(day)).toStrictEqual(['2020-01-05: /lake/x contains the sub-folder sub']);
});

test('a landing that changed since the load is a remark and a day to run again, unless a version was brought back', () => {
  const landingChanges = [1, 2, 3, 4, 5, 6].map((index) => ({ name: `${index}.json`, change: 'added' as const }));
  const changed = dayWith({ landingChanges, report: 'stale' });
  expect(statusRemarks(changed)).toStrictEqual([
    '2020-01-05: the landing folder is not what the table was made of: 1.json added, 2.json added, 3.json added, ' +
      '4.json added, 5.json added and 1 more',
  ]);
  expect(missingDays([changed], NOW, place(' --env prod'))).toMatchObject([
    {
      kind: 'landing changed',
      command: 'npm run lake -- backfill --from 2020-01-05 --to 2020-01-05 --env prod',
    },
  ]);
  const restored = dayWith({ landingChanges, restoredFrom: { versionId: 'v1', runId: 'run-1' } });
  expect(missingDays([restored], NOW, place())).toStrictEqual([]);
  expect(statusRemarks(restored)).toStrictEqual([
    expect.stringContaining('the landing folder is not what the table was made of'),
    '2020-01-05: version v1 of run run-1 was brought back; a run replaces it with --replace-restored only',
  ]);
});

test('what no manifest knows is a remark, for a report by its name where there are several', () => {
  expect(statusRemarks(dayWith({ table: 'no manifest' }))).toStrictEqual([
    expect.stringContaining('no manifest knows the content of the table'),
  ]);
  const reports = [
    { name: 'beef_cooking_time', report: 'no manifest', runId: null },
    { name: 'chicken_cooking_time', report: 'current', runId: 'report-2' },
  ] as const;
  expect(statusRemarks(dayWith({ reports, healed: ['chicken_cooking_time'] }))).toStrictEqual([
    '2020-01-05: no manifest knows the content of the report beef_cooking_time',
    '2020-01-05: the current manifest of chicken_cooking_time was brought up to date',
  ]);
});

test('a rejected run is a remark with its findings, until the day is published after it', () => {
  const findings = [{ severity: 'error', code: 'shrinkage', message: 'the day shrinks' }] as const;
  const rejected = [{ job: 'dataload', runId: 'run-1', at: '2020-02-28T00:00:00.000Z', findings }];
  expect(statusRemarks(dayWith({ ...MISSING, table: 'rejected', rejected }))).toStrictEqual([
    '2020-01-05: dataload run run-1 was rejected at 2020-02-28T00:00:00.000Z: error shrinkage: the day shrinks',
  ]);
  expect(statusRemarks(dayWith({ rejected }))).toStrictEqual([]);
});

test('records that came to Kafka after the landing are a remark', () => {
  const landedKafka = { runId: 'run-1', rows: 3, input: {} };
  const remarks = (records: number, isWhole: boolean) =>
    statusRemarks(dayWith({ landedKafka, later: { records, isWhole } }));
  expect(remarks(0, true)).toStrictEqual([]);
  expect(remarks(1, true)).toStrictEqual([
    '2020-01-05: Kafka has 1 more record of the day than the 3 records that landed',
  ]);
  expect(remarks(7, false)).toStrictEqual([expect.stringMatching(/7 more records .*; only the first that came after/)]);
  expect(remarks(0, false)).toStrictEqual([expect.stringMatching(/Kafka has no more records .*; only the first/)]);
});

const landed = { files: 1, sizeBytes: 3, hasKafka: false };
const fromKafka = { files: 0, sizeBytes: 0, hasKafka: true };

test.each([
  ['nothing landed', MISSING, ''],
  ['not loaded', { ...MISSING, landed }, ''],
  ['not judged', { ...MISSING, landed: fromKafka }, ' --source kafka'],
  ['rejected', { ...MISSING, table: 'rejected' as const }, ''],
  ['more in Kafka', { later: { records: 2, isWhole: true } }, ' --source kafka --refetch'],
  ['report missing', { report: 'missing' as const }, ' --job prepare'],
  ['report stale', { report: 'stale' as const }, ' --job prepare'],
])('a day that is "%s" comes with the command that makes it', (kind, differs, flags) => {
  const range = '--from 2020-01-05 --to 2020-01-05';
  expect(missingDays([dayWith(differs)], NOW, place(' --env prod'))).toMatchObject([
    { kind, command: `npm run lake -- backfill ${range}${flags} --env prod` },
  ]);
});

test.each<[string, Partial<DayStatus>, boolean, string]>([
  ['was rejected', { ...MISSING, table: 'rejected', landed: KAFKA }, false, ' --source kafka'],
  ['landed from Kafka', { ...MISSING, landed: KAFKA }, false, ' --source kafka'],
  ['landed as files', { ...MISSING, landed: { ...KAFKA, files: 2 } }, true, ''],
  ['did not land where there is Kafka', MISSING, true, ' --source kafka'],
  ['did not land where there is none', MISSING, false, ''],
])('a day that %s is run from where it came, or would come', (_, differs, hasKafka, flags) => {
  expect(missingDays([dayWith(differs)], NOW, { ...place(' --env prod'), hasKafka })).toMatchObject([
    { command: `npm run lake -- backfill --from 2020-01-05 --to 2020-01-05${flags} --env prod` },
  ]);
});

test('a day that has all is not missing; one that has not ended has no command yet', () => {
  expect(missingDays([dayWith()], NOW, place())).toStrictEqual([]);
  expect(missingDays([dayWith({ ...MISSING, date: '2020-03-01' })], NOW, place())).toMatchObject([
    { kind: 'not over', command: null },
  ]);
});

test('days that follow each other and lack the same are one command', () => {
  const days = ['2020-01-03', '2020-01-04', '2020-01-06', '2020-01-07'].map((date, index) =>
    dayWith({ ...MISSING, date, landed: index === 3 ? null : landed }),
  );
  const missing = missingDays(days, NOW, place());
  expect(missing.map(({ kind, from, to }) => [kind, from, to])).toStrictEqual([
    ['not loaded', '2020-01-03', '2020-01-04'],
    ['not loaded', '2020-01-06', '2020-01-06'],
    ['nothing landed', '2020-01-07', '2020-01-07'],
  ]);
  expect(missingText(missing[0]!)).toBe(
    '2020-01-03 to 2020-01-04: not loaded (landed, but not in the table)\n' +
      '  npm run lake -- backfill --from 2020-01-03 --to 2020-01-04\n',
  );
});
