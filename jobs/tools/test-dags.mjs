// `npm run test:dags [-- pytest options]`: pytest on the DAG, in the packages that docker/airflow holds. They are installed
// once, into a folder that git ignores; where a Docker engine answers, the operator is tried on it too. In CI (CI=true) a
// missing engine is a failure.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cache = join(root, '.cache');
const UV = join(root, 'docker/airflow/uv.txt');
const PACKAGES = [join(root, 'docker/airflow/requirements.txt'), join(root, 'dags/tests/requirements.txt')];
/** The version that the image has, so the one that the pins are made for. */
const PYTHON = '3.11';

async function run(command, ...args) {
  const [status] = await once(spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] }), 'exit').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`${command} was not found: install Python ${PYTHON} (Debian: python3)`);
  });
  if (status !== 0) throw new Error(`${command} ${args.slice(0, 3).join(' ')} … failed: see its messages above`);
}

/** @returns the python of the tests' packages */
async function preparedPython() {
  const hash = [UV, ...PACKAGES].reduce((sum, file) => sum.update(readFileSync(file)), createHash('sha256'));
  const folder = join(cache, `airflow-${hash.digest('hex').slice(0, 12)}`);
  const python = join(folder, 'venv/bin/python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return python;
  process.stderr.write(`installing Airflow and its providers into ${folder} (once)\n`);
  const old = existsSync(cache) ? readdirSync(cache).filter((name) => /^airflow-[0-9a-f]{12}$/.test(name)) : [];
  for (const name of old) rmSync(join(cache, name), { recursive: true });
  await run('python3', '-m', 'venv', join(folder, 'uv'));
  await run(join(folder, 'uv/bin/pip'), 'install', '--quiet', '--require-hashes', '--no-deps', '-r', UV);
  const uv = join(folder, 'uv/bin/uv');
  await run(uv, 'venv', '--quiet', '--python', PYTHON, join(folder, 'venv'));
  const files = PACKAGES.flatMap((file) => ['-r', file]);
  await run(
    uv,
    'pip',
    'install',
    '--quiet',
    '--python',
    python,
    '--compile-bytecode',
    '--require-hashes',
    '--no-deps',
    ...files,
  );
  writeFileSync(complete, '');
  return python;
}

/** The tests' own image is made of it. */
async function bringBaseImage() {
  const { status } = spawnSync('docker', ['info'], { stdio: 'ignore' });
  if (status === 0) await run('bash', 'docker/offline/base-images.sh', 'debian');
}

try {
  // Downloads on both sides. None is left alone where the other fails.
  const prepared = [preparedPython(), bringBaseImage()];
  await Promise.allSettled(prepared);
  const [python] = await Promise.all(prepared);
  const args = ['-m', 'pytest', '-c', 'dags/pyproject.toml', ...process.argv.slice(2)];
  const { status } = spawnSync(python, args, { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
