import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import { CONFIG_SCHEMAS } from './schema.ts';

const ROOT = join(import.meta.dirname, '../../../..');

interface Key {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Key>>;
}

test('every key says what it means', () => {
  const bare = (path: string, key: Key): string[] => [
    ...(key.description ? [] : [path]),
    ...Object.entries(key.properties ?? {}).flatMap(([name, inner]) => bare(`${path}.${name}`, inner)),
  ];
  expect(Object.entries(CONFIG_SCHEMAS).flatMap(([file, schema]) => bare(file, schema as Key))).toStrictEqual([]);
});

function generate(folder: string, ...words: string[]) {
  const script = join(ROOT, 'jobs/tools/generate.ts');
  const { status, stderr } = spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: 'utf8' });
  return { status, stderr };
}

test('the files that are generated from it are current', () => {
  expect(generate(ROOT, '--check')).toStrictEqual({ status: 0, stderr: '' });
});

test('a stale file is named, and made anew', () => {
  const folder = temporaryFolder();
  writeFileIn(folder, 'configs/README.md', 'old');
  writeFileIn(folder, 'schema/README.md', '');
  writeFileIn(folder, 'schema/schemas.yml', readFileSync(join(ROOT, 'schema/schemas.yml'), 'utf8'));
  writeFileIn(folder, 'docker/object-store/policies.json', '');
  const stale = generate(folder, '--check');
  expect(stale.status).toBe(1);
  expect(stale.stderr).toMatch(/configs\/README\.md is stale.*\nschema\/cli-contract\.json is stale/);
  expect(generate(folder).status).toBe(0);
  expect(generate(folder, '--check').status).toBe(0);
});
