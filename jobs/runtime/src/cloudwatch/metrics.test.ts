import { expect, test } from '@jest/globals';
import type { Summary } from '../run.ts';
import { metricsOf } from './metrics.ts';

const PLACE = { namespace: 'etl', environment: 'prod' };
const DONE: Summary = { job: 'dataload', logicalDate: '2019-11-29', runId: 'r', outcome: 'published', exitCode: 0 };
const metrics = (summary: Summary) => JSON.parse(metricsOf(summary, PLACE, 7, 1234.5).message);

test('the counts of a run become metrics by environment and job', () => {
  const counts = { read: 5, published: 4, reasons: { url: 1 }, unknownFields: {} };
  expect(metrics({ ...DONE, counts })).toEqual({
    _aws: {
      Timestamp: 7,
      CloudWatchMetrics: [
        {
          Namespace: 'etl',
          Dimensions: [['environment', 'job']],
          Metrics: [
            { Name: 'failed', Unit: 'Count' },
            { Name: 'durationMs', Unit: 'Milliseconds' },
            { Name: 'read', Unit: 'Count' },
            { Name: 'published', Unit: 'Count' },
          ],
        },
      ],
    },
    environment: 'prod',
    job: 'dataload',
    date: '2019-11-29',
    run: 'r',
    outcome: 'published',
    exitCode: 0,
    failed: 0,
    durationMs: 1235,
    read: 5,
    published: 4,
  });
});

test('a run that failed counts as one, and says how', () => {
  const failed = { ...DONE, outcome: 'failed', exitCode: 6, code: 'unreachable' } as const;
  expect(metrics(failed)).toMatchObject({ failed: 1, exitCode: 6, code: 'unreachable' });
});

test('several reports have their counts under their names, and the service takes 100 of them', () => {
  const reports = Array.from({ length: 60 }, (_, index) => ({
    name: `r${index}`,
    counts: { recipes: index, beef: 1 },
  }));
  const made = metrics({ ...DONE, reports });
  expect(made).toMatchObject({ 'r3.recipes': 3, 'r3.beef': 1 });
  const { CloudWatchMetrics } = made['_aws'];
  expect(CloudWatchMetrics[0].Metrics.length).toBe(100);
});
