// Runs before `npm start` and `npm test`, on any Node from 20 on: installs what the lock file names, fetches the Spark
// server's jars and generates the protobuf code. Each step is skipped while what it depends on has not changed.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cache = join(root, '.cache');
const pom = join(root, 'docker/spark-connect/pom.xml');
/** Jars of the server as of Spark 4.2.0; only for the progress line. */
const EXPECTED_JARS = 214;
const MIN_JAVA = 17;

class SetupError extends Error {}

const say = (text) => process.stderr.write(`setup: ${text}\n`);
const hashOf = (...files) =>
  files.reduce((h, file) => h.update(readFileSync(file)), createHash('sha256')).digest('hex');

function installPackages() {
  const stamp = join(root, 'node_modules/.setup');
  const wanted = hashOf(join(root, 'package-lock.json'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing packages (npm ci)');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  writeFileSync(stamp, wanted);
}

/** @returns the version text of a tool; throws a SetupError with `hint` where it is missing */
function versionText(command, args, hint) {
  try {
    return execFileSync('sh', ['-c', `"$0" "$@" 2>&1`, command, ...args], { encoding: 'utf8' });
  } catch {
    throw new SetupError(`${command} was not found or does not run. ${hint}`);
  }
}

function requireJava() {
  const hint = `Spark needs Java ${MIN_JAVA} or newer: install a JRE (Debian: apt-get install openjdk-17-jre-headless) and put java on the PATH.`;
  const text = versionText('java', ['-version'], hint);
  const version = /version "(?:1\.)?(\d+)/.exec(text)?.[1];
  if (Number(version) >= MIN_JAVA) return;
  throw new SetupError(`java is version ${version ?? 'unknown'}. ${hint}`);
}

/** Maven may leave half a folder when it is stopped, so the jars get their name only when they are all there. */
async function fetchSparkJars() {
  const jars = join(cache, `spark-${hashOf(pom).slice(0, 12)}`);
  if (existsSync(jars)) return jars;
  versionText(
    'mvn',
    ['--version'],
    'It fetches the Spark server once: install Maven 3.6 or newer (Debian: apt-get install maven).',
  );
  const partial = `${jars}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  say('fetching the Spark server (about 244 MB, once)');
  const countJars = () => say(`  ${readdirSync(partial).length} of about ${EXPECTED_JARS} jars`);
  const progress = setInterval(countJars, 5_000);
  try {
    await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`]);
    removeOldJars();
    renameSync(partial, jars);
  } finally {
    clearInterval(progress);
    rmSync(partial, { recursive: true, force: true });
  }
  return jars;
}

/** Of an earlier pom.xml. */
function removeOldJars() {
  for (const name of readdirSync(cache).filter((entry) => /^spark-[0-9a-f]{12}$/.test(entry))) {
    rmSync(join(cache, name), { recursive: true });
  }
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new SetupError(
            `${command} failed (${signal ?? `exit ${code}`}): see its messages above. Is the network there?`,
          ),
        );
    });
  });
}

/** Its imports exist only after the packages are installed. */
async function generateProtobufCode(jars) {
  await run(process.execPath, [join(root, 'jobs/spark-connect/scripts/generate-protos.mjs'), jars]);
}

try {
  installPackages();
  requireJava();
  const jars = await fetchSparkJars();
  await generateProtobufCode(jars);
  // Where the embedded server and the tests look for it.
  writeFileSync(join(cache, 'spark-jars'), jars);
} catch (error) {
  if (!(error instanceof SetupError) && error.status === undefined) throw error;
  say(error.message);
  process.exitCode = 2;
}
