/** Servers of tests: each ends with the tests, however they end, and takes its folder along. */
import { type ChildProcessByStdio, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';

/**
 * Becomes the server, and leaves a watcher behind that ends it when the tests end in any way: it reads from a pipe whose
 * other end only they hold. A line on it means that the server is ended already. $1 is the server's folder, which the watcher removes; the rest is the command.
 */
const WATCHED_START = `folder=$1; shift
exec 3<&0 </dev/null
(
  if read -r _ <&3; then exit 0; fi
  kill -KILL $$ 2>/dev/null
  rm -rf -- "$folder"
) >/dev/null 2>&1 &
exec "$@" 3<&-`;

export interface WatchedProcess {
  readonly pid: number;
  /** What it may hear and say; stdin belongs to the watcher. */
  readonly child: ChildProcessByStdio<Writable, Readable | null, Readable | null>;
  hasEnded(): boolean;
  /** Ends it and its watcher; the folder stays. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * @param folder removed where the tests end without ending the process
 * @param variables the whole environment of the process
 * @param out where its two outputs go
 */
export function startWatched(
  folder: string,
  command: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  out: readonly [stdout: 'ignore' | 'pipe' | number, stderr: 'ignore' | 'inherit' | 'pipe' | number],
): WatchedProcess {
  const stdio: StdioOptions = ['pipe', ...out];
  const child = spawn('sh', ['-c', WATCHED_START, 'watched', folder, ...command], {
    stdio,
    env: { ...variables },
  }) as WatchedProcess['child'];
  child.stdin.on('error', () => undefined);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    child,
    hasEnded,
    async end(signal) {
      child.stdin.end('ended\n');
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}

/** @returns a port of the loopback on which nobody listened a moment ago */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
