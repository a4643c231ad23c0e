/** Starts a Spark Connect server of our own on this machine, and makes sure that it ends. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted, SparkError } from '../errors.ts';
import { CLASS_ARCHIVE, LOG_PROPERTIES, type LocalServerParts, SERVER_ID_CONF, sparkDefaults } from './files.ts';
import { freePort, untilListening } from './port.ts';
import { ServerProcess } from './process.ts';
import { SparkSession } from '../api/session.ts';

export { freePort };

export interface LocalServerOptions {
  /**
   * A folder with Spark's jars, the one of Spark Connect among them. Where it also holds `classes.jsa`, an archive of their
   * classes, a server is there in half the time; the JVM leaves one that an earlier Java made, or for other jars, unused.
   */
  readonly jarsDir: string;
  /** What the server says is appended here. */
  readonly logFile: string;
  /** Of the JVM; 2g. */
  readonly heap?: string | undefined;
  /** Confs of the server; they win over the defaults. */
  readonly conf?: Readonly<Record<string, string>> | undefined;
  /** The java command; 17 or later. */
  readonly javaPath?: string | undefined;
  /**
   * Further options of the JVM. `-XX:TieredStopAtLevel=1` halves the processor time of a start and of short work, and
   * slows long work down.
   */
  readonly javaOptions?: readonly string[] | undefined;
  /** Gives a start up. A server that has started is ended by {@link LocalServer.stop} only, after its last session. */
  readonly signal?: AbortSignal | undefined;
  /** Threads, and partitions of a shuffle; 2. */
  readonly cores?: number | undefined;
  /** 120 s. */
  readonly startTimeoutMs?: number | undefined;
  /** How long a server that is to stop may take before it is forced; 5 s. */
  readonly stopTimeoutMs?: number | undefined;
}

export interface LocalServer extends AsyncDisposable {
  /** For {@link SparkSession.connect}; the token of `spark.connect.authenticate.token` is not in it. */
  readonly remote: string;
  readonly pid: number;
  /**
   * Aborted once the server has ended unasked; the reason is a SparkError `unreachable` that says how, and its last words.
   * As the signal of a session it ends what would wait for a server that is gone.
   */
  readonly lost: AbortSignal;
  /** Ends the server and removes its folder: asked first, then forced. Never fails; may be called again. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 5_000;
/** The signal ends the waiting. */
const NO_LIMIT_MS = 3_600_000;
/** A server that has it answers nobody else. */
const TOKEN_CONF = 'spark.connect.authenticate.token';
/** Between our finding a free port and the server's taking it, another may take it. */
const MAX_PORTS = 3;

/**
 * Returns once the server answers. Its files lie in a folder of its own; it ends with this process, even when that is killed.
 * @throws SparkError `usage` that names `javaPath` where there is no java, `unreachable` with the last lines of the log
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  for (let attempt = 1; ; attempt++) {
    const started = await tryStart(options);
    if (!(started instanceof SparkError)) return started;
    if (attempt === MAX_PORTS || !/BindException|Address already in use/.test(started.message)) throw started;
  }
}

async function tryStart(options: LocalServerOptions): Promise<LocalServer | SparkError> {
  if (options.signal?.aborted === true) throw interrupted(undefined, options.signal.reason);
  const folder = await mkdtemp(join(tmpdir(), 'spark-connect-'));
  try {
    const parts = await prepare(folder, options);
    const process = await ServerProcess.start(parts, options.logFile);
    const server = handle(process, parts, options);
    const failure = await answers(process, parts, options);
    if (failure === undefined) return server;
    await server.stop();
    if (failure.code === 'interrupted') throw failure;
    return failure;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function prepare(folder: string, options: LocalServerOptions): Promise<LocalServerParts> {
  const jarsDir = resolve(options.jarsDir);
  const parts = {
    jarsDir,
    hasClassArchive: existsSync(join(jarsDir, CLASS_ARCHIVE)),
    folder,
    heap: options.heap ?? '2g',
    javaPath: options.javaPath ?? 'java',
    javaOptions: options.javaOptions ?? [],
    cores: options.cores ?? 2,
    port: await freePort(),
    serverId: randomUUID(),
    conf: options.conf ?? {},
  };
  await Promise.all(['conf', 'tmp', 'local'].map((name) => mkdir(join(folder, name))));
  await writeFile(join(folder, 'conf', 'spark-defaults.conf'), sparkDefaults(parts));
  await writeFile(join(folder, 'conf', 'log4j2.properties'), LOG_PROPERTIES);
  return parts;
}

const remoteOf = ({ port }: LocalServerParts): string => `sc://127.0.0.1:${port}`;

function handle(
  process: ServerProcess,
  parts: LocalServerParts,
  { stopTimeoutMs = STOP_TIMEOUT_MS }: LocalServerOptions,
): LocalServer {
  let stopped: Promise<void> | undefined;
  const lost = new AbortController();
  const watch = async (): Promise<void> => {
    const how = await process.ended;
    if (stopped === undefined) lost.abort(await process.failure(`ended unasked (${how})`));
  };
  void watch();
  const stop = (): Promise<void> => {
    stopped ??= process
      .stop(stopTimeoutMs)
      .then(() => rm(parts.folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined));
    return stopped;
  };
  return { remote: remoteOf(parts), pid: process.pid, lost: lost.signal, stop, [Symbol.asyncDispose]: stop };
}

/** Waits for the first true answer, the end of the process, the signal or the end of the time. */
async function answers(
  process: ServerProcess,
  parts: LocalServerParts,
  { signal, startTimeoutMs = START_TIMEOUT_MS }: LocalServerOptions,
): Promise<SparkError | undefined> {
  const over = new AbortController();
  const both = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
  const ended = process.ended.then((how) => process.failure(`ended while it started (${how})`));
  const tooLate = sleep(startTimeoutMs, undefined, { signal: both })
    .then(() => process.failure(`did not answer within ${startTimeoutMs / 1_000} s`))
    .catch(() => interrupted(undefined, signal?.reason));
  try {
    return await Promise.race([firstAnswer(process, parts, both), ended, tooLate]);
  } finally {
    over.abort();
  }
}

async function firstAnswer(
  process: ServerProcess,
  parts: LocalServerParts,
  signal: AbortSignal,
): Promise<SparkError | undefined> {
  try {
    // A client's waits between tries grow to seconds; looking at the port finds a server as soon as it is there.
    await untilListening(parts.port, signal);
    const token = parts.conf[TOKEN_CONF];
    const access = token === undefined ? '' : `/;use_ssl=false;token=${encodeURIComponent(token)}`;
    const session = await SparkSession.connect({
      remote: `${remoteOf(parts)}${access}`,
      allowPlaintextToken: true,
      connectTimeoutMs: NO_LIMIT_MS,
      signal,
    });
    try {
      // No query: what the caller's confs do to queries is not for this to judge.
      if ((await session.conf.get(SERVER_ID_CONF, '')) !== parts.serverId)
        return await process.failure(`found its port ${parts.port} taken: Address already in use`);
    } finally {
      await session.release();
    }
    return undefined;
  } catch (error) {
    if (error instanceof SparkError && error.code === 'interrupted') return error;
    return await process.failure(error instanceof Error ? error.message : String(error));
  }
}
