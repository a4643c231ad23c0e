/** The events of both jobs, on S3, in a folder and from Kafka: what they name, and that OpenLineage's schemas take them. */
import { describe, expect, test } from '@jest/globals';
import { lineageFaults } from '../../testing/lineage-schema.ts';
import type { DatasetUse } from '../dataset-use.ts';
import type { Summary } from '../run.ts';
import { endEvent, startEvent, type ToldRun } from './run-event.ts';

const AT = new Date('2019-11-30T02:10:00.123Z');
const RUN: ToldRun = {
  namespace: 'recipe-etl',
  job: 'dataload',
  logicalDate: '2019-11-29',
  runId: 'mine.try001',
  producer: 'urn:recipe-etl:1.2.3',
  parent: undefined,
};
const DONE: Summary = { job: 'dataload', outcome: 'published', exitCode: 0 };
const FAILED: Summary = { job: 'dataload', outcome: 'failed', exitCode: 4, code: 'quality', message: 'too many' };

const DAY = 'year=2019/month=11/day=29';
const COLUMNS = [
  { name: 'url', type: 'STRING', from: 'url' },
  { name: 'total_time_seconds', type: 'BIGINT', from: 'x' },
];
/** What each job tells of a run, on S3. */
const USES: Readonly<Record<string, readonly DatasetUse[]>> = {
  'dataload from files': [
    { use: 'read', dataset: 's3a://lake/p/events/changes', part: 's3a://lake/p/events/changes/2019/11/29', files: 2 },
    { use: 'read', dataset: 's3a://lake/p/events/changes', rows: 9 },
    { use: 'written', dataset: 's3a://lake/p/recipes', part: `s3a://lake/p/recipes/${DAY}`, rows: 7, columns: COLUMNS },
    { use: 'written', dataset: 's3a://lake/p/quarantine/changes', rows: 2 },
  ],
  'dataload that lands from Kafka': [
    { use: 'written', dataset: '/data/lake/events/changes', part: '/data/lake/events/changes/kafka.parquet', rows: 8 },
    { use: 'read', dataset: 'kafka://broker-1:9092/recipe_changes', rows: 9 },
    { use: 'written', dataset: '/data/lake/recipes', rows: 7, bytes: 512 },
  ],
  'prepare of two reports': [
    { use: 'read', dataset: 's3a://lake/p/recipes', part: `s3a://lake/p/recipes/${DAY}`, rows: 7 },
    { use: 'written', dataset: 's3a://out/beef', rows: 3, columns: COLUMNS },
    { use: 'read', dataset: 's3a://lake/p/recipes', part: `s3a://lake/p/recipes/${DAY}`, rows: 7 },
    { use: 'written', dataset: 's3a://out/chicken', rows: 2, columns: COLUMNS },
  ],
  'a run that Spark counted nothing of': [{ use: 'read', dataset: '/x', rows: NaN, bytes: 3 }],
  'a run that failed before it read': [],
};

describe.each(Object.entries(USES))('%s', (_name, uses) => {
  test.each([
    ['START', startEvent(RUN, AT)],
    ['COMPLETE', endEvent(RUN, DONE, uses, AT)],
    ['FAIL', endEvent(RUN, FAILED, uses, AT)],
  ])('tells %s as the specification has it', (type, event) => {
    expect(lineageFaults(JSON.parse(JSON.stringify(event)))).toEqual([]);
    expect(event).toMatchObject({ eventType: type, eventTime: AT.toISOString(), producer: RUN.producer });
  });

  test('is one run in all its events', () => {
    const events = [startEvent(RUN, AT), endEvent(RUN, DONE, uses, AT), endEvent(RUN, FAILED, uses, AT)];
    expect(new Set(events.map(({ run }) => run.runId)).size).toBe(1);
    expect(new Set(events.map(({ job }) => JSON.stringify(job)))).toEqual(
      new Set(['{"namespace":"recipe-etl","name":"dataload"}']),
    );
  });
});

const namesOf = (datasets: readonly { namespace: string; name: string }[]): string[] =>
  datasets.map(({ namespace, name }) => `${namespace} ${name}`);

test.each([
  ['dataload from files', ['s3://lake p/events/changes'], ['s3://lake p/recipes', 's3://lake p/quarantine/changes']],
  [
    'dataload that lands from Kafka',
    ['kafka://broker-1:9092 recipe_changes'],
    ['file /data/lake/events/changes', 'file /data/lake/recipes'],
  ],
  ['prepare of two reports', ['s3://lake p/recipes'], ['s3://out beef', 's3://out chicken']],
])('%s names each dataset once, by the naming conventions', (name, inputs, outputs) => {
  const event = endEvent(RUN, DONE, USES[name]!, AT);
  expect(namesOf(event.inputs)).toEqual(inputs);
  expect(namesOf(event.outputs)).toEqual(outputs);
});

test('a dataset has its columns, its counts and where the day lies in it', () => {
  const { inputs, outputs } = endEvent(RUN, DONE, USES['dataload from files']!, AT);
  expect(inputs[0]!.inputFacets).toMatchObject({
    inputStatistics: { rowCount: 9, fileCount: 2 },
    subset: { inputCondition: { type: 'location', locations: ['s3://lake/p/events/changes/2019/11/29'] } },
  });
  expect(outputs[0]).toMatchObject({
    facets: {
      schema: {
        fields: [
          { name: 'url', type: 'STRING' },
          { name: 'total_time_seconds', type: 'BIGINT' },
        ],
      },
    },
    outputFacets: {
      outputStatistics: { rowCount: 7 },
      subset: { outputCondition: { type: 'location', locations: [`s3://lake/p/recipes/${DAY}`] } },
    },
  });
  const [uncounted] = endEvent(RUN, DONE, USES['a run that Spark counted nothing of']!, AT).inputs;
  expect(uncounted!.inputFacets['inputStatistics']).not.toHaveProperty('rowCount');
});

test('a run is of its day, to the next midnight, and under its parent where there is one', () => {
  expect(startEvent(RUN, AT).run.facets).toEqual({
    nominalTime: expect.objectContaining({
      nominalStartTime: '2019-11-29T00:00:00.000Z',
      nominalEndTime: '2019-11-30T00:00:00.000Z',
    }),
  });
  const runId = '01941f29-7c00-7087-8906-40e512c257bd';
  const event = startEvent({ ...RUN, parent: { namespace: 'default', job: 'recipe_etl.dataload', runId } }, AT);
  expect(lineageFaults(event)).toEqual([]);
  expect(event.run.facets['parent']).toMatchObject({
    run: { runId },
    job: { namespace: 'default', name: 'recipe_etl.dataload' },
  });
});

test('a failure says why, with its code; a job that finished although it was stopped has none', () => {
  expect(endEvent(RUN, FAILED, [], AT).run.facets['errorMessage']).toMatchObject({
    message: 'too many [quality] exit 4',
    programmingLanguage: 'TypeScript',
  });
  const stopped = endEvent(RUN, { ...DONE, exitCode: 143, code: 'stopped' }, [], AT);
  expect([stopped.eventType, Object.keys(stopped.run.facets)]).toEqual(['COMPLETE', ['nominalTime']]);
});

test('the schemas find what is wrong with an event', () => {
  const event = startEvent({ ...RUN, producer: 'not a URI' }, AT);
  expect(lineageFaults({ ...event, run: { ...event.run, runId: 'mine' } })).toEqual(
    expect.arrayContaining([expect.stringContaining('/run/runId'), expect.stringContaining('/producer')]),
  );
});
