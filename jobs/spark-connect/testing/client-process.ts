/** A client in a process of its own: how it ends is part of what a test proves. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ClientProcess {
  /** The first line that it says, or its end. */
  readonly begun: Promise<unknown>;
  /** Ends its input, which tells it to come to an end, and waits for that. */
  end(): Promise<EndedClient>;
}

export interface EndedClient {
  readonly exitCode: number | null;
  /** Without the library's note on a server that found the pings too many. */
  readonly stderr: string;
  /** Its last line, which is JSON; null where it is none. */
  readonly report: unknown;
}

const PING_NOTE = /^E Connection to .* rejected by server because of excess pings\..*\n/gm;

/** @param script a module beside this one @param remote its only argument */
export function startClientProcess(script: string, remote: string): ClientProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, remote], {
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const lines: string[] = [];
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  child.stdin.on('error', () => undefined);
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
  return {
    begun: Promise.race([once(output, 'line'), closed]),
    end: async () => {
      child.stdin.end();
      const [exitCode] = await closed;
      return { exitCode, stderr: stderr.replaceAll(PING_NOTE, ''), report: parsed(lines.at(-1)) };
    },
  };
}

function parsed(line: string | undefined): unknown {
  return line?.startsWith('{') === true ? (JSON.parse(line) as unknown) : null;
}
