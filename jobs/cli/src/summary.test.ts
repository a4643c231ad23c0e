import { expect, test } from '@jest/globals';
import { LakeError } from 'lake';
import { daySummary, failureSummary } from './summary.ts';

const counts = { read: 1, published: 1, superseded: 0, quarantined: 0, blank: 0, reasons: {}, warnings: {} };

test('the name of a field that nobody knows is shown and not obeyed', () => {
  const unknownFields = { '\u001B[2J\nprepare   published': 1 };
  const loaded = { job: 'dataload', outcome: 'published', exitCode: 0, counts: { ...counts, unknownFields } } as const;
  expect(daySummary('2019-11-29', [loaded], [])).toContain(
    '    unknown fields: \\u001b[2J\\u000aprepare   published (1)\n',
  );
  expect(failureSummary(new LakeError('usage', 'file a\u001B[31m.json'))).toContain('file a\\u001b[31m.json\n');
});

test('a dry run that had no table says nothing of a report', () => {
  const prepared = { job: 'prepare', outcome: 'dry-run', exitCode: 0, counts: {}, rows: [], report: 'x' } as const;
  const report = { name: 'beef', ingredient: 'beef', columns: [] };
  const loaded = {
    job: 'dataload',
    outcome: 'dry-run',
    exitCode: 0,
    counts: { ...counts, unknownFields: {} },
  } as const;
  expect(daySummary('2019-11-29', [loaded, prepared], [report] as never)).toMatch(/prepare +dry-run in 0\.0 s\n$/);
});
