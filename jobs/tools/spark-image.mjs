// The Spark server as a container image, for machines that have Docker but no Java or no Maven.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'docker/spark-connect';
const BASE = 'debian:bookworm-slim';
const STAND_INS = 'docker/offline/base-images.sh';

/** @returns what docker says on stdout, undefined where the command fails */
function ask(...args) {
  try {
    return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

export const dockerRuns = () => ask('version', '--format', '{{.Server.Version}}') !== undefined;

/**
 * Builds the image where there is none of the present files.
 * @param say takes lines of progress
 * @param run runs a command whose output people see
 * @returns its name
 */
export async function sparkImage(root, say, run) {
  const tag = `recipe-etl-spark-connect:local-${hashOf(join(root, FOLDER)).slice(0, 12)}`;
  if (isThere(tag)) return tag;
  say('building the image of the Spark server (about 600 MB, once)');
  await fetchBase(root, run);
  // A context of these files alone: an older builder takes in the whole folder that it is given.
  const context = mkdtempSync(join(root, '.cache', 'image-'));
  try {
    cpSync(join(root, FOLDER), join(context, FOLDER), { recursive: true });
    await run('docker', ['build', '-t', tag, '-f', join(context, FOLDER, 'Dockerfile'), context]);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
  return tag;
}

const isThere = (image) => ask('image', 'inspect', '--format', '{{.Id}}', image) !== undefined;

/** Where no registry of images is reached, a stand-in of the same name is made from packages. */
async function fetchBase(root, run) {
  if (isThere(BASE) || ask('pull', BASE) !== undefined || !existsSync(join(root, STAND_INS))) return;
  await run('bash', [join(root, STAND_INS), 'debian']);
}

function hashOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
  return hash.digest('hex');
}

/** @returns a folder with the jar that holds Spark Connect's .proto files, out of the image */
export function connectJar(root, image) {
  const folder = join(root, '.cache', `${image.replace(/[^\w.-]/g, '-')}-jar`);
  if (existsSync(folder)) return folder;
  const pom = readFileSync(join(root, FOLDER, 'pom.xml'), 'utf8');
  const version = /<spark\.version>([^<]+)</.exec(pom)?.[1];
  const partial = `${folder}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  const container = execFileSync('docker', ['create', image], { encoding: 'utf8' }).trim();
  try {
    execFileSync('docker', ['cp', `${container}:/opt/spark/jars/spark-connect_2.13-${version}.jar`, partial], {
      stdio: ['ignore', 'ignore', 2],
    });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
    ask('rm', '-v', container);
  }
  return folder;
}
