/** Who is told of a run, and of what. */
import { expect, test } from '@jest/globals';
import { configsWith } from '../testing/configs.ts';
import { lineageServer } from '../testing/lineage-server.ts';
import { loadConfig } from './config/config.ts';
import type { Config } from './config/schema.ts';
import { openLineage } from './lineage/lineage.ts';
import type { Identity, Summary } from './run.ts';
import { openWitnesses } from './witnesses.ts';

/** Never reached. */
const LONG_MS = 60_000;
const RUN = { job: 'dataload', logicalDate: '2019-11-29', runId: 'mine.try001' } as const;
const SUMMARY: Summary = { ...RUN, outcome: 'published', exitCode: 0 };
const configTo = (url: string): Config =>
  loadConfig('local', configsWith({ logging_config: `lineage: { url: "${url}" }` }), {});

function setting(url: string, variables: NodeJS.ProcessEnv = {}, known: Identity = RUN) {
  const warnings: string[] = [];
  const warn = (text: string): unknown => warnings.push(text);
  return {
    warnings,
    options: { config: configTo(url), variables, secrets: ['hush-hush'], identity: () => known, warn },
  };
}

async function tellLineage(...words: Parameters<typeof setting>): Promise<readonly string[]> {
  const { warnings, options } = setting(...words);
  const lineage = openLineage(options);
  lineage?.started();
  lineage?.used({ use: 'read', dataset: 'kafka://hush-hush:9092/topic' });
  await lineage?.end(SUMMARY, LONG_MS);
  return warnings;
}

test('lineage is told of the beginning and the end of a run, without a secret', async () => {
  using server = await lineageServer();
  expect(await tellLineage(server.url)).toEqual([]);
  expect(server.events).toMatchObject([
    { eventType: 'START' },
    { eventType: 'COMPLETE', inputs: [{ namespace: 'kafka://***:9092', name: 'topic' }] },
  ]);
});

test('a run that failed before it had an id is no run of lineage, and without a place nothing is sent', async () => {
  using server = await lineageServer();
  await tellLineage(server.url, {}, { job: 'dataload' });
  expect(server.requests).toEqual([]);
  expect(openLineage(setting('').options)).toBeUndefined();
});

test('a parent that is none is left out, and that is said', async () => {
  using server = await lineageServer();
  const warnings = await tellLineage(server.url, { OPENLINEAGE_PARENT_ID: 'manual__2019' });
  expect(warnings).toEqual([expect.stringContaining('OPENLINEAGE_PARENT_ID is not namespace/job/run id')]);
  expect(server.requests.map(({ body }) => body.includes('"parent"'))).toEqual([false, false]);
});

test.each([
  [false, 1],
  [true, 0],
])('where a run is dry: %s, lineage is told of it so often: %s', async (isDryRun, times) => {
  const { warnings, options } = setting('http://127.0.0.1:1');
  const witnesses = openWitnesses({ ...options, isDryRun });
  witnesses.logged({ level: 'info', message: 'at work' });
  witnesses.started();
  witnesses.used({ use: 'read', dataset: '/lake/events' });
  await witnesses.end(SUMMARY, 'usual');
  expect(warnings).toHaveLength(times);
});
