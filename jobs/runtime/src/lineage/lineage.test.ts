/** A job that tells of its run: to a server, and to one that is not there or silent. */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startChild } from 'lake/testing/child';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import type { Ended, Started } from 'spark-connect/testing/started-process';
import { configsWith } from '../../testing/configs.ts';
import { stopHanging } from '../../testing/stopped.ts';
import { lineageFaults } from '../../testing/lineage-schema.ts';
import { lineageServer } from '../../testing/lineage-server.ts';
import type { RunEvent } from './run-event.ts';

const JOB = join(import.meta.dirname, '../../testing/children/job');
const WARNING = /warn: [^\n]*lineage[^\n]*/g;
const NOWHERE = 'http://127.0.0.1:1';
const PARENT = 'default/recipe_etl.dataload/01941f29-7c00-7087-8906-40e512c257bd';

function start(mode: string, url: string, variables: NodeJS.ProcessEnv = {}): Started {
  const home = temporaryFolder();
  const files = {
    aws_config: `lake: ${home}/lake\noutput: ${home}/output\n`,
    spark_config: 'remote: sc://spark/;token=hush-hush\n',
    logging_config: `lineage: { url: "${url}" }\n`,
  };
  configsWith(files, join(home, 'configs'));
  writeFileIn(home, 'schema/schemas.yml', 'folders: { events: changes, table: things }\n');
  const known = { MODE: mode, RECIPE_ETL_HOME: home, OPENLINEAGE_API_KEY: 'l1neage-key' };
  return startChild(JOB, ['--date', '2019-11-29', '--run-id', 'mine'], { ...known, ...variables });
}

type Server = Awaited<ReturnType<typeof lineageServer>>;

/** The job works until its beginning has arrived: what a slow machine would lose at the end is no matter of these tests. */
async function endOf(mode: string, server: Server, variables: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const folder = temporaryFolder();
  const job = start(mode, server.url, { UNTIL: join(folder, 'begun'), ...variables });
  await server.asked;
  writeFileIn(folder, 'begun', '');
  return job.ended;
}

describe('a job that tells of its run', () => {
  test('says that it begins, and what it read and published at its end', async () => {
    using server = await lineageServer();
    const ended = await endOf('use', server, { OPENLINEAGE_PARENT_ID: PARENT, RECIPE_ETL_VERSION: '1.2.3' });
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('warn:') });
    const [begun, done, ...more] = server.events as RunEvent[];
    expect(more).toEqual([]);
    expect([begun, done].flatMap(lineageFaults)).toEqual([]);
    expect(begun).toMatchObject({
      eventType: 'START',
      producer: 'urn:recipe-etl:1.2.3',
      run: { facets: { parent: { job: { namespace: 'default', name: 'recipe_etl.dataload' } } } },
      job: { namespace: 'recipe-etl', name: 'dataload' },
      inputs: [],
    });
    expect(done).toMatchObject({
      eventType: 'COMPLETE',
      run: { runId: begun!.run.runId },
      inputs: [{ namespace: 'kafka://broker:9092', name: 'recipe_changes' }],
      outputs: [{ namespace: 'file', name: '/lake/things' }],
    });
    expect(server.requests[0]!.headers.authorization).toBe('Bearer l1neage-key');
  });

  test('says why it failed, without a secret', async () => {
    using server = await lineageServer();
    const ended = await endOf('throw', server);
    expect(ended.exitCode).toBe(1);
    expect(server.events).toMatchObject([{ eventType: 'START' }, { eventType: 'FAIL' }]);
    expect(server.requests[1]!.body).toMatch(/boom at sc:\/\/spark\/;token=\*\*\* \[unexpected\] exit 1/);
    for (const text of [ended.stderr, ended.stdout, ...server.requests.map(({ body }) => body)])
      expect(text).not.toMatch(/hush-hush|l1neage-key/);
  });
});

describe('a server of lineage that is not there', () => {
  test('changes no exit code, and is told once, before the summary', async () => {
    const ended = await start('use', NOWHERE).ended;
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"exitCode":0') });
    expect(ended.stderr.match(WARNING)).toEqual([expect.stringContaining('is not complete')]);
    expect(ended.streams.at(-1)).toBe('stdout');
  });

  test('or is silent, keeps no job that is stopped: it ends within 4 s', async () => {
    using server = await lineageServer(() => undefined);
    const ended = await stopHanging(start('hang', server.url));
    expect(ended.stderr.match(WARNING)).toHaveLength(1);
  });
});
