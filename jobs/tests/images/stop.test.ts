/** A container that is told to stop: the init hands the signal on, and the job ends by itself, in time. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { docker, imageOf, inspect, JOBS, LOCKED_UP } from './image-docker.ts';

const GRACE_SECONDS = 4;
const PORT = 15_002;
/** Takes connections, tells of them, and never says a word. */
const SILENT = `require('node:net').createServer((socket) => socket.on('error', () => 0) && console.log('visitor')).listen(${PORT})`;
const containers: string[] = [];
let silent: string;

const started = async (...words: string[]): Promise<string> => {
  const name = `images-test-${randomUUID().slice(0, 8)}`;
  containers.push(name);
  await docker('run', '--detach', '--name', name, ...words);
  return name;
};

beforeAll(async () => {
  silent = await started('--entrypoint', 'node', imageOf('dataload'), '-e', SILENT);
});
afterAll(async () => {
  if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers);
});

const visitors = async (): Promise<number> => (await docker('logs', silent)).split('visitor').length - 1;

test.each(JOBS)(
  '%s under tini ends with 143 within the grace of docker stop, with a summary',
  async (job) => {
    const before = await visitors();
    const network = ['--network', `container:${silent}`, '--tmpfs', '/tmp'];
    const variables = [
      `SPARK_REMOTE=sc://127.0.0.1:${PORT}`,
      'RECIPE_ETL_LAKE=/tmp/lake',
      'RECIPE_ETL_OUTPUT=/tmp/output',
    ];
    const options = [...network, ...LOCKED_UP, ...variables.flatMap((variable) => ['--env', variable])];
    const container = await started(...options, imageOf(job), '--date', '2019-11-29');
    while ((await visitors()) === before && (await inspect<boolean>(container, '.State.Running'))) await sleep(50);
    const [init, status] = [
      await docker('exec', container, 'cat', '/proc/1/comm'),
      await docker('exec', container, 'sh', '-c', 'cat /proc/$(pidof node)/status'),
    ];
    expect(init).toBe('tini');
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(status).toMatch(/^Uid:\t10001\t10001/m);

    await docker('stop', '--time', String(GRACE_SECONDS), container);
    expect(await inspect(container, '.State')).toMatchObject({ ExitCode: 143, OOMKilled: false });
    expect((await docker('logs', container)).split('\n').at(-1)).toContain('"code":"stopped"');
  },
  60_000,
);
