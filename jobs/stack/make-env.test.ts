import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const SCRIPT = 'docker/make-env.sh';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'make-env-'));
  file = join(folder, 'secrets.env');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function made(): Record<string, string> {
  const { status, stdout, stderr } = spawnSync('sh', [SCRIPT, file], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
  const lines = readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => [...line.matchAll(/^(\w+)=(.*)$/g)].map(([, name, value]) => [name, value])),
  );
}

test('every secret that docker-compose.yml asks for is made, for the owner alone, and differs each time', () => {
  const asked = [...readFileSync('docker-compose.yml', 'utf8').matchAll(/\$\{(\w+):\?npm run up makes it\}/g)].map(
    ([, name]) => name ?? '',
  );
  const first = made();
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((name) => (first[name] ?? '').length < 16)).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  rmSync(file);
  const second = made();
  expect(asked.filter((name) => first[name] === second[name])).toEqual([]);
});

test('what stands in the file stays, settings of the user too; what is missing or empty is made', () => {
  writeFileSync(file, '# mine\nSPARK_TOKEN=kept\nAIRFLOW_PORT=8081\nPOSTGRES_PASSWORD=\n', { mode: 0o644 });
  const first = made();
  expect(first).toMatchObject({ SPARK_TOKEN: 'kept', AIRFLOW_PORT: '8081' });
  expect(first['POSTGRES_PASSWORD']).toMatch(/^[0-9a-f]{48}$/);
  expect(readFileSync(file, 'utf8')).toMatch(/^# mine\n/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(made()).toEqual(first);
});

test('the key for connections is one that Fernet takes: 32 bytes in the alphabet of URLs', () => {
  const key = made()['AIRFLOW_FERNET_KEY'] ?? '';
  expect(key).toMatch(/^[\w-]{43}=$/);
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
});

test('a new stack runs by itself from the day of today on; one that is there keeps its nights', () => {
  const today = new Date().toISOString().slice(0, 10);
  expect([today, made()['RECIPE_ETL_FIRST_NIGHT']]).toEqual([new Date().toISOString().slice(0, 10), today]);
  writeFileSync(file, 'SPARK_TOKEN=kept\n');
  expect(made()).not.toHaveProperty('RECIPE_ETL_FIRST_NIGHT');
});
