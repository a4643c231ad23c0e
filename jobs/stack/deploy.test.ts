/** docker/deploy.sh on a host whose docker only writes down what it is called with: releases kept, and what they advise. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const DOCKER = `#!/bin/sh
echo "$*" >>calls
case "$*" in
*' up '*) grep -q "$(cat unhealthy 2>/dev/null || echo none)" "$5" && exit 1 || exit 0 ;;
*'airflow-scheduler env') printf '%s\\n' AWS_REGION=us-east-1 DATALOAD_AWS_SECRET_ACCESS_KEY=hidden KAFKA_TOPIC=changes RECIPE_ETL_NETWORK=etl ;;
*'object-store env') printf '%s\\n' ROOT_ACCESS_KEY=root ROOT_SECRET_KEY=hidden-too DATALOAD_ID=load DATALOAD_SECRET=hidden ;;
*--env-file*--entrypoint*) cat "$(echo "$*" | sed 's/.*--env-file \\([^ ]*\\).*/\\1/')" >told ;;
*' ps '*) echo container ;;
inspect*) echo sha256:image ;;
esac
`;
const SCRIPTS = ['deploy.sh', 'make-contents.sh', 'make-env.sh'];
const POLICIES = 'docker/object-store/policies.json';

let host: string;
beforeEach(() => {
  host = mkdtempSync(join(tmpdir(), 'deploy-'));
  for (const folder of ['docker/object-store', 'bin']) mkdirSync(join(host, folder), { recursive: true });
  copyFileSync(POLICIES, join(host, POLICIES));
  for (const script of SCRIPTS) copyFileSync(join('docker', script), join(host, 'docker', script));
  writeFileSync(join(host, 'bin/docker'), DOCKER, { mode: 0o755 });
  for (const release of ['A', 'B', 'C']) {
    const images = ['DATALOAD', 'PREPARE', 'SPARK_CONNECT', 'AIRFLOW'].map(
      (name) => `RECIPE_ETL_${name}_IMAGE=${release}\n`,
    );
    writeFileSync(join(host, release), images.join(''));
  }
});
afterEach(() => rmSync(host, { recursive: true, force: true }));

function deploy(file: string) {
  const env = { PATH: `${join(host, 'bin')}:${process.env['PATH'] ?? ''}` };
  return spawnSync('bash', ['docker/deploy.sh', file], { cwd: host, env, encoding: 'utf8' });
}
const releaseIn = (file: string): string | undefined =>
  existsSync(join(host, file))
    ? /^RECIPE_ETL_DATALOAD_IMAGE=(.*)$/m.exec(readFileSync(join(host, file), 'utf8'))?.[1]
    : undefined;
const kept = () => [releaseIn('images.env'), releaseIn('images.previous.env')];

test('the way back and forth loses no release, and the same release again keeps the one before it', () => {
  const seen = ['A', 'B', 'B', 'images.env', 'images.previous.env', 'images.previous.env', 'C'].map((file) => {
    expect(deploy(file)).toMatchObject({ status: 0 });
    return kept().join(' ');
  });
  expect(seen).toEqual(['A ', 'B A', 'B A', 'B A', 'A B', 'B A', 'C B']);
});

test('a release that does not become healthy is not kept, and the advice names the one that was healthy last', () => {
  writeFileSync(join(host, 'unhealthy'), 'IMAGE=C');
  expect(deploy('C').stderr).toContain(
    'did not become healthy; see docker compose logs. No other release was ever healthy here.',
  );
  deploy('A');
  expect(deploy('C')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('Back: docker/deploy.sh images.env'),
  });
  expect(kept()).toEqual(['A', undefined]);
  deploy('B');
  writeFileSync(join(host, 'unhealthy'), 'IMAGE=B');
  expect(deploy('images.env').stderr).toContain('Back: docker/deploy.sh images.previous.env');
  expect(kept()).toEqual(['B', 'A']);
});

test('a deployment makes the buckets and the topic that the stack lacks, with no secret in a command line', () => {
  deploy('A');
  const calls = readFileSync(join(host, 'calls'), 'utf8');
  expect(calls).toMatch(/^run .*--network etl --env-file \S+ --env POLICIES --entrypoint python sha256:image -$/m);
  expect(calls).toMatch(/kafka-topics\.sh --create --if-not-exists .*--topic changes .*retention\.ms=-1$/m);
  expect(calls).not.toContain('hidden');
  // The operator's key of the store, and of the others no more than the name.
  const told = readFileSync(join(host, 'told'), 'utf8').trim().split('\n');
  expect(told.filter((line) => /SECRET|ID=|LOAD/.test(line)).toSorted()).toEqual([
    'AWS_ACCESS_KEY_ID=root',
    'AWS_SECRET_ACCESS_KEY=hidden-too',
    'DATALOAD=load',
  ]);
});

test('the scripts that a deployment calls and what they read are sent to the host', () => {
  const script = readFileSync('docker/deploy-to-host.sh', 'utf8').replaceAll('\\\n', '');
  const sent = /^tar -c (.*) -C/m.exec(script)?.[1]?.split(/ +/) ?? [];
  expect(sent).toContain(POLICIES);
  const mounted = readFileSync('docker-compose.yml', 'utf8').matchAll(/ file: (docker\/[^ ]+)/g);
  expect(sent).toEqual(expect.arrayContaining(Array.from(mounted, ([, file]) => file)));
  const called = SCRIPTS.map((script) => readFileSync(join('docker', script), 'utf8')).flatMap(
    (text) => text.match(/^[^#\n]*\bdocker\/[\w-]+\.sh/gm) ?? [],
  );
  const names = new Set(called.flatMap((line) => /docker\/[\w-]+\.sh$/.exec(line)?.[0] ?? []));
  expect([...names].filter((name) => name !== 'docker/push-images.sh' && !sent.includes(name))).toEqual([]);
});

test.each([
  ['REGISTRY', { IMAGE_PREFIX: 'registry.example/team' }],
  ['IMAGE_PREFIX', { REGISTRY: 'registry.example' }],
])('the workflow stops where the repository has no variable %s, and names it', (name, variables) => {
  const env = { PATH: process.env['PATH'] ?? '', REGISTRY_USER: 'me', REGISTRY_TOKEN: 'secret', ...variables };
  const ended = spawnSync('bash', ['docker/login-to-registry.sh'], { env, encoding: 'utf8' });
  expect(ended).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`the repository variable ${name} is not set`),
  });
});
