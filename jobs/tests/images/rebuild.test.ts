/** What is built anew when something changes: a copy of the repository is built, changed and built again. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JobName } from 'lake';
import { command, docker, inspect, JOBS } from './image-docker.ts';

const TAG = `test-${randomUUID().slice(0, 8)}`;
const CONTEXT = ['package.json', 'package-lock.json', 'configs', 'schema', 'docker', 'jobs', '.dockerignore'];
/** Not the few megabytes of what is made here, nor links to it. */
const MADE_HERE = /(^|\/)(node_modules|dist|gen|data)(\/|$)/;
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'recipe-etl-rebuild-'));
  for (const name of CONTEXT)
    cpSync(name, join(copy, name), { recursive: true, filter: (file) => !MADE_HERE.test(file) });
});
afterAll(async () => {
  rmSync(copy, { recursive: true, force: true });
  await command(['docker', 'rmi', ...JOBS.map((job) => `recipe-etl-${job}:${TAG}`)]);
});

/** @returns ids of the images of both jobs, built in the copy */
async function built(): Promise<Record<JobName, string>> {
  const words = ['bash', 'docker/build-images.sh', ...JOBS];
  const { exitCode, stderr } = await command(words, { RECIPE_ETL_TAG: TAG, COMMIT: 'a'.repeat(40) }, copy);
  if (exitCode !== 0) throw new Error(stderr);
  const ids = await Promise.all(JOBS.map((job) => inspect<string>(`recipe-etl-${job}:${TAG}`, '.Id')));
  return { dataload: ids[0] ?? '', prepare: ids[1] ?? '' };
}

const change = (file: string, text: string): void => appendFileSync(join(copy, file), text);

describe('of the images of the two jobs', () => {
  test('a change of one job makes a new image of it and leaves the other as it is, id and all', async () => {
    const first = await built();
    change('jobs/prepare/src/main.ts', "\nprocess.stderr.write('');\n");
    const second = await built();
    expect(second.dataload).toBe(first.dataload);
    expect(second.prepare).not.toBe(first.prepare);
    change('jobs/dataload/src/main.ts', "\nprocess.stderr.write('');\n");
    const third = await built();
    expect(third.prepare).toBe(second.prepare);
    expect(third.dataload).not.toBe(second.dataload);
  }, 600_000);

  test('tests and documents are in none', async () => {
    const before = await built();
    change('jobs/dataload/test/golden.test.ts', '// more\n');
    change('jobs/runtime/src/config/config.test.ts', '// more\n');
    change('jobs/DECISIONS.md', 'more\n');
    expect(await built()).toEqual(before);
  }, 600_000);

  test('a new version changes no layer', async () => {
    await built();
    const layers = () => docker('inspect', '--format', '{{json .RootFS.Layers}}', `recipe-etl-dataload:${TAG}`);
    const before = await layers();
    await command(
      ['bash', 'docker/build-images.sh', 'dataload'],
      { RECIPE_ETL_TAG: TAG, VERSION: '9.9.9', COMMIT: 'b'.repeat(40) },
      copy,
    );
    expect(await inspect(`recipe-etl-dataload:${TAG}`, '.Config.Labels')).toMatchObject({
      'org.opencontainers.image.version': '9.9.9',
      'org.opencontainers.image.revision': 'b'.repeat(40),
    });
    expect(await layers()).toBe(before);
  }, 600_000);
});
