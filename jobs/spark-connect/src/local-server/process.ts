/** The process of a local server: started in a group of its own, watched, stopped, and asked for its last words. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { access, constants, open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SparkError } from '../errors.ts';
import { commandLine, type LocalServerParts, WATCHED_START } from './files.ts';

const LAST_LINES = 20;
const LAST_BYTES = 16_384;

export class ServerProcess {
  readonly pid: number;
  /** How the process ended, once it has. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #log: { readonly file: string; readonly startByte: number };

  private constructor(child: ChildProcess, pid: number, log: { file: string; startByte: number }) {
    this.#child = child;
    this.pid = pid;
    this.#log = log;
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        // Tells the watcher that there is nothing to end: the number of the process may soon be another's.
        child.stdin?.end('ended\n');
        resolve(code === null ? `signal ${signal}` : `exit code ${code}`);
      });
    });
  }

  /** @throws SparkError `usage` where there is no java, `unreachable` where it cannot be started at all */
  static async start(parts: LocalServerParts, logFile: string): Promise<ServerProcess> {
    await assertProgram(parts.javaPath);
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    try {
      const startByte = fstatSync(log).size;
      // A group of its own: Ctrl-C must not end the server before its client has said goodbye.
      const child = spawn('sh', ['-c', WATCHED_START, 'spark-connect', parts.folder, ...commandLine(parts)], {
        detached: true,
        stdio: ['pipe', log, log],
        env: environment(parts),
      });
      child.stdin?.on('error', () => undefined);
      await once(child, 'spawn');
      // A program that forgets to stop the server can end all the same, and the server with it.
      child.unref();
      if (child.stdin instanceof Socket) child.stdin.unref();
      return new ServerProcess(child, child.pid as number, { file: logFile, startByte });
    } catch (cause) {
      throw new SparkError('unreachable', `The local Spark Connect server could not be started: ${String(cause)}`, {
        cause,
      });
    } finally {
      closeSync(log);
    }
  }

  /** Asked first, forced after `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.#child.ref();
    this.#child.kill('SIGTERM');
    const patience = new AbortController();
    const isGone = await Promise.race([
      this.ended.then(() => true),
      sleep(patienceMs, false, { signal: patience.signal }).catch(() => true),
    ]);
    patience.abort();
    if (!isGone) this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** @param what as in "The server … did not answer" */
  async failure(what: string): Promise<SparkError> {
    const lines = await this.#lastLines().catch((error: unknown) => `(it cannot be read: ${String(error)})`);
    const words = lines === '' ? 'It has logged nothing.' : `The end of ${this.#log.file}:\n${lines}`;
    return new SparkError('unreachable', `The local Spark Connect server ${what}. ${words}`, { retryable: false });
  }

  async #lastLines(): Promise<string> {
    const file = await open(this.#log.file, 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(this.#log.startByte, size - LAST_BYTES);
      const buffer = Buffer.alloc(Math.max(size - from, 0));
      await file.read(buffer, 0, buffer.length, from);
      return buffer.toString().trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    } finally {
      await file.close();
    }
  }
}

/** Looked for as the shell looks for it. */
async function assertProgram(javaPath: string): Promise<void> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = javaPath.includes('/') ? [javaPath] : folders.map((folder) => join(folder, javaPath));
  const found = await Promise.all(
    candidates.map((file) =>
      access(file, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (found.includes(true)) return;
  const where = javaPath.includes('/') ? 'cannot be run as a program' : 'is not in any folder of PATH';
  const advice = 'Install Java 17 or later, or give its command as javaPath.';
  throw new SparkError('usage', `The local Spark Connect server needs Java, but "${javaPath}" ${where}. ${advice}`);
}

/** What the caller's environment says to another Spark is not meant for this one. */
function environment({ folder }: LocalServerParts): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SPARK_'));
  const own = { SPARK_CONF_DIR: `${folder}/conf`, SPARK_LOCAL_IP: '127.0.0.1' };
  return { ...Object.fromEntries(inherited), ...utf8Locale(process.env), ...own };
}

/** Java spells the names of files as the locale says: without UTF-8, as under cron, one beyond ASCII is not found. */
function utf8Locale({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isUtf8 = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
  return isUtf8 ? {} : { LC_ALL: 'C.UTF-8' };
}
