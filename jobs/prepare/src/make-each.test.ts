import { expect, test } from '@jest/globals';
import { LakeError, toLakeError } from 'lake';
import type { JobResult, Run } from 'runtime';
import { makeEach } from './make-each.ts';
import { loadReports } from './reports/load-reports.ts';

const [beef] = loadReports('schema/schemas.yml');
const reports = ['a', 'b', 'c'].map((name) => ({ ...beef!, name }));

/** A run as far as makeEach knows it. */
function runWith(signal = new AbortController().signal): Run {
  const failure = (thrown: unknown) => {
    const { code, exitCode, retryHelps, message } = toLakeError(signal.aborted ? signal.reason : thrown);
    return { outcome: 'failed' as const, exitCode, code, retryHelps, message };
  };
  return { signal, failure } as Run;
}

const done = (outcome: 'published' | 'unchanged' | 'dry-run'): JobResult => ({ outcome, rows: [] });
const rejected = new LakeError('quality', 'a limit is broken');

test('each report is told by its name, and the whole is published where any of them is', async () => {
  const made = await makeEach(runWith(), reports, async ({ name }) => done(name === 'b' ? 'published' : 'unchanged'));
  expect(made).toEqual({
    outcome: 'published',
    reports: [
      { name: 'a', outcome: 'unchanged', rows: [] },
      { name: 'b', outcome: 'published', rows: [] },
      { name: 'c', outcome: 'unchanged', rows: [] },
    ],
  });
  expect(await makeEach(runWith(), reports, async () => done('unchanged'))).toMatchObject({ outcome: 'unchanged' });
  expect(await makeEach(runWith(), reports, async () => done('dry-run'))).toMatchObject({ outcome: 'dry-run' });
});

test('a report that fails keeps no other from being made, and the first failure gives the exit code', async () => {
  const made = await makeEach(runWith(), reports, async ({ name }) => {
    if (name === 'a') throw rejected;
    if (name === 'b') throw new LakeError('unreachable', 'the store is gone');
    return done('published');
  });
  expect(made).toMatchObject({
    outcome: 'failed',
    exitCode: 4,
    code: 'quality',
    retryHelps: 'no',
    message: 'a: a limit is broken; b: the store is gone',
    reports: [
      { name: 'a', outcome: 'failed', exitCode: 4 },
      { name: 'b', outcome: 'failed', exitCode: 6 },
      { name: 'c', outcome: 'published' },
    ],
  });
});

test('what keeps all reports from being made is said once', async () => {
  const made = await makeEach(runWith(), reports, async () => {
    throw new LakeError('no-input', 'run dataload first');
  });
  expect(made).toMatchObject({ exitCode: 3, message: 'run dataload first' });
});

test('a run that is stopped makes no more reports, whatever failed before', async () => {
  const stop = new AbortController();
  const asked: string[] = [];
  const made = await makeEach(runWith(stop.signal), reports, async ({ name }) => {
    asked.push(name);
    if (name === 'a') throw rejected;
    stop.abort(new LakeError('stopped', 'stopped by SIGTERM'));
    return done('published');
  });
  expect(asked).toEqual(['a', 'b']);
  expect(made).toMatchObject({
    outcome: 'failed',
    exitCode: 143,
    reports: [{ outcome: 'failed' }, { outcome: 'published' }, { name: 'c', outcome: 'failed', code: 'stopped' }],
  });
});
