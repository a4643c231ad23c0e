/** The Spark server that is not there, is silent, is too old, or looks at other folders. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startScriptedServer } from 'spark-connect/testing';
import { contentOf } from '../../lakes/in-process.ts';
import { closedPort, silentPort } from '../../servers/unreachable-servers.ts';
import { processLake } from '../../lakes/process-lake.ts';
import { summaryOf } from '../../processes.ts';
import { smallDay } from '../../events/small-day.ts';

test('a port that refuses and a port that never answers end a job soon after the time to connect, with exit code 6 and the address', async () => {
  await using lake = await processLake();
  await lake.configure(['configs/local/spark_config.yml', 'connect_timeout_seconds: 10', 'connect_timeout_seconds: 2']);
  await lake.land([smallDay('first')]);
  await using refusing = await closedPort();
  await using silent = await silentPort();
  // One after the other: two that start at once take the time from each other that is measured.
  for (const { remote, address } of [refusing, silent]) {
    const ended = await lake.run('dataload', [], { SPARK_REMOTE: remote });
    expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', code: 'unreachable', exitCode: 6, retryHelps: 'yes' });
    expect(ended.exitCode).toBe(6);
    expect(summaryOf(ended).message).toContain(address);
    expect(ended.elapsedMs).toBeLessThan(15_000);
  }
});

test('a server of an older Spark ends a job with exit code 2 and names both versions', async () => {
  await using lake = await processLake();
  await using server = await startScriptedServer({ version: '3.5.1' });
  const ended = await lake.run('prepare', [], { SPARK_REMOTE: server.remote });
  expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', exitCode: 2, retryHelps: 'no' });
  expect(summaryOf(ended).message).toContain('3.5.1');
  expect(summaryOf(ended).message).toContain('4.2.0');
  expect(summaryOf(ended).message).toContain(server.remote.slice('sc://'.length));
});

test('an address that is none ends a job with exit code 2', async () => {
  await using lake = await processLake();
  const ended = await lake.run('dataload', [], { SPARK_REMOTE: 'localhost:15002' });
  expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', exitCode: 2 });
  expect(summaryOf(ended).message).toContain('sc://host');
});

test('a server that does not see the folder of the lake ends dataload with exit code 2 and says what to do', async () => {
  await using lake = await processLake();
  // To Spark, a path without a scheme then lies below another folder: as in a container without the mount.
  const root = `fs.viewfs.mounttable.elsewhere.linkMergeSlash: file://${join(lake.folder, 'elsewhere')}`;
  const elsewhere = `conf:\n  fs.defaultFS: viewfs://elsewhere/\n  ${root}\n`;
  await lake.configure(['configs/local/spark_config.yml', 'conf:\n', elsewhere]);
  await lake.land([smallDay('first')]);
  const ended = await lake.run('dataload');
  expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', code: 'unseen-lake', exitCode: 2 });
  expect(summaryOf(ended).message).toContain(`does not see the folder ${lake.lake}`);
  expect(summaryOf(ended).message).toContain('mount it');
  expect(ended.exitCode).toBe(2);
  await rm(lake.landing, { recursive: true });
  expect(await contentOf(lake.lake)).toEqual({});
});
