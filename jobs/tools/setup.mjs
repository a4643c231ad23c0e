// Runs before `npm start` and `npm test`, on any Node from 20 on: installs what the lock file names, fetches the Spark
// server's jars (with --tests those of a Kafka broker too, with --class-archive an archive of their classes) and generates
// the protobuf code; with --packages only the first. Where Java or Maven is missing
// and Docker runs, `npm start` gets the server as an image instead. Each step is skipped while what it depends on has not
// changed.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeProblem } from './node-version.mjs';
import { connectJar, dockerRuns, sparkImage } from './spark-image.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const cache = join(root, '.cache');
/** The counts are those of the versions in the pom.xml files; only for the progress line. */
const SERVERS = {
  spark: { pom: join(root, 'docker/spark-connect/pom.xml'), title: 'the Spark server', megabytes: 244, jars: 214 },
  kafka: { pom: join(root, 'docker/offline/kafka/pom.xml'), title: 'the Kafka broker', megabytes: 44, jars: 46 },
};
const MIN_JAVA = 17;
const OR_DOCKER = 'Or install and start Docker: npm start then needs neither Java nor Maven.';
/** Holds the name of the Spark server's image, where `npm start` runs it instead of the jars. */
const imageFile = join(cache, 'spark-image');
const isForTests = process.argv.includes('--tests');

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

const JAVA_HINT = `Spark needs Java ${MIN_JAVA} or newer: install a JRE (Debian: apt-get install openjdk-17-jre-headless) and put java on the PATH.`;
let javaText;
const javaVersion = () => (javaText ??= versionText('java', ['-version'], JAVA_HINT));

function requireJava() {
  const text = javaVersion();
  const version = /version "(?:1\.)?(\d+)/.exec(text)?.[1];
  if (Number(version) >= MIN_JAVA) return;
  throw new SetupError(`java is version ${version ?? 'unknown'}. ${JAVA_HINT}`);
}

function requireMaven(name) {
  const hint = `It fetches ${SERVERS[name].title} once: install Maven 3.6 or newer (Debian: apt-get install maven).`;
  versionText('mvn', ['--version'], hint);
}

const jarsFolder = (name) => join(cache, `${name}-${hashOf(SERVERS[name].pom).slice(0, 12)}`);

/** Maven may leave half a folder when it is stopped, so the jars get their name only when they are all there. */
async function fetchJars(name) {
  const { pom, title, megabytes, jars: expected } = SERVERS[name];
  const jars = jarsFolder(name);
  if (existsSync(jars)) return jars;
  requireMaven(name);
  const partial = `${jars}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  say(`fetching ${title} (about ${megabytes} MB, once)`);
  const countJars = () => say(`  ${readdirSync(partial).length} of about ${expected} jars`);
  const progress = setInterval(countJars, 5_000);
  try {
    // -C: a jar that is not what its checksum says stops the set-up; Maven alone only warns.
    await run('mvn', ['-C', '-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`]);
    removeOldJars(name);
    renameSync(partial, jars);
  } finally {
    clearInterval(progress);
    rmSync(partial, { recursive: true, force: true });
  }
  return jars;
}

/** Of an earlier pom.xml. */
function removeOldJars(server) {
  const folders = new RegExp(`^${server}-[0-9a-f]{12}$`);
  for (const name of readdirSync(cache).filter((entry) => folders.test(entry))) {
    rmSync(join(cache, name), { recursive: true });
  }
}

/** Where the embedded server and the tests look for the jars. */
const remember = (name, jars) => writeFileSync(join(cache, `${name}-jars`), jars);

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

/** @returns what is missing for a server from jars, and how to get it; undefined where nothing is */
function lackOfJava() {
  try {
    requireJava();
    if (!existsSync(jarsFolder('spark'))) requireMaven('spark');
    return undefined;
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
}

async function setUpWithJars() {
  const jars = await fetchJars('spark');
  await generateProtobufCode(jars);
  remember('spark', jars);
  rmSync(imageFile, { force: true });
  if (isForTests) remember('kafka', await fetchJars('kafka'));
  if (process.argv.includes('--class-archive')) await archiveClasses(jars);
}

/** Pays where servers start again and again: each is there in half the time. It is made for one Java. */
async function archiveClasses(jars) {
  const stamp = join(jars, 'classes.java');
  const java = javaVersion();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === java) return;
  rmSync(join(jars, 'classes.jsa'), { force: true });
  say('archiving the classes of Spark (about a minute, once)');
  await run(join(root, 'node_modules/.bin/node'), [join(root, 'jobs/tools/class-archive.ts'), jars]);
  writeFileSync(stamp, java);
}

async function setUpWithImage() {
  say('Java 17 and Maven are not both here: the Spark server runs in Docker');
  mkdirSync(cache, { recursive: true });
  const image = await sparkImage(root, say, run);
  await generateProtobufCode(connectJar(root, image));
  writeFileSync(imageFile, image);
}

async function setUpServers() {
  const lack = lackOfJava();
  if (lack === undefined) await setUpWithJars();
  // The tests start servers of their own from the jars.
  else if (isForTests) throw new SetupError(lack);
  else if (dockerRuns()) await setUpWithImage();
  else throw new SetupError(`${lack} ${OR_DOCKER}`);
}

try {
  installPackages();
  const problem = nodeProblem(existsSync(join(root, 'node_modules/.bin/node')));
  if (problem) throw new SetupError(problem);
  if (!process.argv.includes('--packages')) await setUpServers();
} catch (error) {
  if (!(error instanceof SetupError) && error.status === undefined) throw error;
  say(error.message);
  process.exitCode = 2;
}
