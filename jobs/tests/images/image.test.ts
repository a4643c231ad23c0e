/** What a scheduler may rely on of the images of both jobs, whatever the jobs do. */
import { describe, expect, test } from '@jest/globals';
import { docker, imageOf, inImage, inspect, JOBS, LOCKED_UP } from './image-docker.ts';

const MEGABYTE = 1_000_000;
const NOT_IN_IT = ['npm', 'npx', 'yarn', 'corepack', 'java', 'mvn', 'python3', 'gcc', 'curl'];
/** Starts bare Node and the help by turns, so that whatever else the machine does slows both. */
const TIMED = `
  const { spawnSync } = require('node:child_process');
  const best = [Infinity, Infinity];
  for (let turn = 0; turn < 10; turn++)
    [['-e', '0'], ['/app/start.mjs', '--help']].forEach((words, which) => {
      const from = performance.now();
      if (spawnSync(process.execPath, words).status !== 0) throw new Error(words.join(' '));
      best[which] = Math.min(best[which], performance.now() - from);
    });
  console.log(JSON.stringify(best));`;

describe.each(JOBS)('the image of %s', (job) => {
  const image = imageOf(job);

  test('is smaller than 250 MB', async () => {
    expect(await inspect<number>(image, '.Size')).toBeLessThan(250 * MEGABYTE);
  });

  test('says what it is: title, version and commit, to people and to the job', async () => {
    const labels = await inspect<Record<string, string>>(image, '.Config.Labels');
    expect(labels).toMatchObject({
      'org.opencontainers.image.title': `recipe-etl-${job}`,
      'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}/),
      'org.opencontainers.image.description': expect.stringMatching(/\w/),
    });
    const variables = await inspect<string[]>(image, '.Config.Env');
    expect(variables).toContain(`RECIPE_ETL_VERSION=${labels['org.opencontainers.image.version']}`);
    expect(variables).toContain(`RECIPE_ETL_COMMIT=${labels['org.opencontainers.image.revision']}`);
  });

  test('holds the job as one file with its configurations and schemas, and no package manager of Node', async () => {
    const files = await inImage(image, 'sh', '-c', 'ls /app /app/configs');
    expect(files.split('\n')).toEqual(expect.arrayContaining(['job.mjs', 'start.mjs', 'schema', 'local', 'prod']));
    const found = await inImage(image, 'sh', '-c', `for x in ${NOT_IN_IT.join(' ')}; do command -v $x; done; true`);
    expect(found).toBe('');
    expect(
      await inImage(image, 'sh', '-c', 'find / -xdev -name node_modules -not -path "/proc/*" 2>/dev/null; true'),
    ).toBe('');
  });

  test('runs as nobody in particular and cannot write to itself', async () => {
    expect(await inImage(image, 'id', '-u')).toBe('10001');
    // Also where the root is not read-only.
    const writable = "find / -xdev -writable -not -type l -not -path '/proc/*' -not -path '/dev/*' -print";
    const found = await docker('run', '--rm', '--entrypoint', 'sh', image, '-c', `${writable} 2>/dev/null; true`);
    const own = found
      .split('\n')
      .filter((path) => !/^\/(app\/\.compiled|tmp|var\/tmp|run\/lock|var\/lock)\b/.test(path));
    expect(own).toEqual([]);
  });

  test('prints its help with a read-only root, without network and capabilities', async () => {
    const help = await docker('run', '--rm', '--network', 'none', ...LOCKED_UP, image, '--help');
    expect(help).toContain(`${job} --date YYYY-MM-DD [options]`);
    expect(await docker('run', '--rm', image)).toBe(help);
  });

  test('prints its help hardly later than Node itself starts', async () => {
    const [node = 0, help = 0] = JSON.parse(await inImage(image, 'node', '-e', TIMED)) as number[];
    process.stderr.write(`${job} --help: ${Math.round(help)} ms in its container, bare Node ${Math.round(node)} ms\n`);
    expect(help).toBeLessThan(3 * node);
  });

  test('refuses a wrong command line with exit code 2 and a summary', async () => {
    const run = docker('run', '--rm', ...LOCKED_UP, image, '--date', 'yesterday');
    await expect(run).rejects.toThrow(/ended with 2: error: --date "yesterday" is not a day/);
    await expect(run).rejects.toThrow(/\{"job":".*"exitCode":2/);
  });
});

test('the image of prepare looks at a lake, alone and locked up, and says by its exit code what is lacking', async () => {
  const alone = ['run', '--rm', '--network', 'none', '--tmpfs', '/tmp', ...LOCKED_UP];
  const check = ['lake', 'status', '--check', '--env', 'local', '--lake', '/tmp', '--output', '/tmp'];
  await expect(docker(...alone, imageOf('prepare'), ...check)).rejects.toThrow(
    /ended with 4: no day lies in the lake\n$/,
  );
});

test('the image of dataload has no lake commands', async () => {
  const words = ['run', '--rm', ...LOCKED_UP, imageOf('dataload'), 'lake', 'status'];
  await expect(docker(...words)).rejects.toThrow(/ended with 2/);
});
