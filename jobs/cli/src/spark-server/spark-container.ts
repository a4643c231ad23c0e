/** The Spark server of a local run as a container of the image that the set-up built. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isS3Uri, LakeError } from 'lake';
import { SparkSession } from 'spark-connect';
import { freePort } from 'spark-connect/server';

/** What the container sees of this machine's files, under the same paths. Places in S3 count for nothing. */
export interface Folders {
  readonly written: readonly string[];
  readonly read: readonly string[];
}

export interface ContainerOptions {
  readonly image: string;
  readonly folders: Folders;
  /** What the server says is appended here. */
  readonly logFile: string;
  /** Ends the waiting for the start. */
  readonly signal: AbortSignal;
}

export interface ContainerParts {
  readonly image: string;
  readonly name: string;
  /** Of whom the container is, as its label says. */
  readonly folder: string;
  readonly folders: Folders;
  readonly user: string;
  /** Of this machine's loopback interface; undefined: the engine finds one. */
  readonly hostPort: number | undefined;
  /** The variables of this process. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The first start on a busy machine is slow; a server that fails ends, and is not waited for. */
const START_MS = 300_000;
const PATIENCE_MS = 8_000;
const LAST_LINES = 20;
const PORT = 15_002;
/** What Spark takes from its server's environment: credentials, and what goes with them. */
const HANDED_ON = /^(AWS_|KAFKA_(USERNAME|PASSWORD)$)/;

const SANDBOX = [
  ['run', '--rm', '--interactive', '--no-healthcheck'],
  ['--read-only', '--tmpfs', '/work:exec,mode=1777', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
].flat();
const SETTINGS = ['RECIPE_ETL_INSECURE=yes', 'SPARK_ENDS_WITH_STDIN=yes', 'SPARK_DRIVER_MEMORY=2g'];

const execute = promisify(execFile);
const docker = (...words: string[]): Promise<{ stdout: string }> => execute('docker', words, { encoding: 'utf8' });

/** The words after `docker`. Values of variables are not among them: everybody can read a command line. */
export function runArguments(parts: ContainerParts): string[] {
  const { image, name, folder, folders, user, hostPort, variables } = parts;
  const mount = (path: string, ...mode: string[]): string[] => [
    '--mount',
    ['type=bind', quoted(`source=${path}`), quoted(`target=${path}`), ...mode].join(','),
  ];
  const files = ['AWS_CA_BUNDLE', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'KAFKA_CA_FILE'].flatMap((key) =>
    variables[key] ? [variables[key]] : [],
  );
  const written = localPaths(folders.written);
  const read = localPaths([...folders.read, ...files]).filter((path) => !written.includes(path));
  // Without a network of its own the server listens on this machine's loopback, and reaches what listens there.
  const [network, address] =
    hostPort === undefined
      ? [['--publish', `127.0.0.1::${PORT}`], 'SPARK_CONNECT_ADDRESS=0.0.0.0']
      : [['--network', 'host'], `SPARK_CONNECT_PORT=${hostPort}`];
  const handedOn = Object.keys(variables).filter((key) => HANDED_ON.test(key));
  return [
    ...SANDBOX,
    ...network,
    '--name',
    name,
    '--user',
    user,
    '--label',
    `recipe-etl.start=${folder}`,
    ...[...SETTINGS, address, ...handedOn].flatMap((variable) => ['--env', variable]),
    ...written.flatMap((path) => mount(path)),
    ...read.flatMap((path) => mount(path, 'readonly')),
    image,
    'connect',
  ];
}

const localPaths = (places: readonly string[]): string[] => [
  ...new Set(places.filter((place) => !isS3Uri(place)).map((path) => resolve(path))),
];

/** A field of a line of comma-separated values. */
const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;

/** Returns once the server answers. The container ends with this process, even when that is killed. */
export async function startSparkContainer({ image, folders, logFile, signal }: ContainerOptions): Promise<Server> {
  signal.throwIfAborted();
  const hostPort = (await sharesLoopback()) ? await freePort() : undefined;
  // What is not there yet would be made by the engine, for root.
  for (const folder of localPaths(folders.written)) mkdirSync(folder, { recursive: true });
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const startByte = fstatSync(log).size;
  const name = `recipe-etl-spark-${randomUUID()}`;
  const user = `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`;
  const words = runArguments({ image, name, folder: process.cwd(), folders, user, hostPort, variables: process.env });
  // A group of its own: Ctrl-C must not end the server before its client has said goodbye.
  const child = spawn('docker', words, { stdio: ['pipe', log, log], detached: true });
  closeSync(log);
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<string>((end) => {
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, by) => end(by ?? `exit code ${code}`));
  });
  let isStopping = false;
  const stop = (): Promise<void> => {
    isStopping = true;
    return end(child, name, ended);
  };
  const failure = (what: string): LakeError => {
    const lines = readFileSync(logFile).subarray(startByte).toString().trimEnd().split('\n').slice(-LAST_LINES);
    return new LakeError('unreachable', `the Spark container ${what}. The end of ${logFile}:\n${lines.join('\n')}`);
  };
  const over = new AbortController();
  try {
    const either = AbortSignal.any([signal, over.signal]);
    const failed = Promise.race([ended, sleep(START_MS, `no answer within ${START_MS / 1000} s`, { signal: either })]);
    const remote = await Promise.race([
      firstAnswer(name, hostPort, either),
      failed.then((how) => {
        throw failure(`did not start (${how})`);
      }),
    ]);
    const lost = new AbortController();
    const watch = async (): Promise<void> => {
      const how = await ended;
      if (!isStopping) lost.abort(failure(`ended unasked (${how})`));
    };
    void watch();
    return { remote, lost: lost.signal, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    signal.throwIfAborted();
    throw error;
  } finally {
    over.abort();
  }
}

export interface Server extends AsyncDisposable {
  readonly remote: string;
  /** Aborted, with an error `unreachable` that says how, once a server that was started here has ended unasked. */
  readonly lost: AbortSignal;
}

/** Whether the containers of the engine can use this machine's own loopback interface: not from within a virtual machine. */
async function sharesLoopback(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { stdout } = await docker('info', '--format', '{{.OperatingSystem}} {{.SecurityOptions}}').catch((cause) => {
    throw new LakeError('config', 'Docker does not answer (docker info): start it, and run npm start again', { cause });
  });
  return !/Docker Desktop|rootless/.test(stdout);
}

/** The port of a bridge accepts before the server does: only an answer counts. */
async function firstAnswer(name: string, hostPort: number | undefined, signal: AbortSignal): Promise<string> {
  const remote = `sc://127.0.0.1:${hostPort ?? (await publishedPort(name, signal))}`;
  const session = await SparkSession.connect({ remote, connectTimeoutMs: START_MS, signal });
  await session.release();
  return remote;
}

async function publishedPort(name: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    const port = await docker('port', name, String(PORT)).then(
      ({ stdout }) => /^127\.0\.0\.1:(\d+)$/m.exec(stdout)?.[1],
      () => undefined,
    );
    if (port !== undefined) return Number(port);
    await sleep(200, undefined, { signal });
  }
}

/** Asked first, forced after some seconds; a container that is not there is fine. */
async function end(child: ChildProcess, name: string, ended: Promise<string>): Promise<void> {
  child.stdin?.end();
  const isGone = await Promise.race([ended.then(() => true), sleep(PATIENCE_MS, false, { ref: false })]);
  if (isGone) return;
  await docker('rm', '--force', name).catch(() => undefined);
  child.kill('SIGKILL');
  await ended;
}
