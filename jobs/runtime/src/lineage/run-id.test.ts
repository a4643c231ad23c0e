import { expect, test } from '@jest/globals';
import { lineageRunId, parentRun, uuidOfName } from './run-id.ts';

const RUN = { namespace: 'recipe-etl', job: 'dataload', logicalDate: '2019-11-29', runId: 'scheduled__2019.try001' };

test('a UUID of a name is that of RFC 9562, A.4', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(uuidOfName(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('a run has the same UUID whenever it is told of, and no other run has it', () => {
  const others = [{ namespace: 'x' }, { job: 'prepare' }, { logicalDate: '2019-11-30' }, { runId: 'other' }];
  const ids = [{}, ...others].map((other) => lineageRunId({ ...RUN, ...other }));
  expect(new Set(ids).size).toBe(5);
  expect(ids[0]).toBe('fd2a8d64-a2b9-5dbc-9416-ca0fbf611d09');
  expect(lineageRunId(RUN)).toBe(ids[0]);
});

test('a slash in a name is part of the name', () => {
  const ids = [
    { namespace: 'a/b', job: 'c' },
    { namespace: 'a', job: 'b/c' },
  ].map((names) => lineageRunId({ ...RUN, ...names }));
  expect(ids[0]).not.toBe(ids[1]);
});

test.each([
  ['default/recipe_etl.dataload/01941f29-7c00-7087-8906-40e512c257bd', 'default', 'recipe_etl.dataload'],
  ['team/a/recipe_etl.dataload/01941F29-7C00-7087-8906-40E512C257BD', 'team/a', 'recipe_etl.dataload'],
])('%s is a parent', (text, namespace, job) => {
  expect(parentRun(text)).toEqual({ namespace, job, runId: text.slice(-36) });
});

test.each(['', 'recipe_etl.dataload', 'default/job/manual__2019', 'job/01941f29-7c00-7087-8906-40e512c257bd'])(
  '%j is no parent',
  (text) => {
    expect(parentRun(text)).toBeUndefined();
  },
);
