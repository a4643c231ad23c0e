/** A client in a process of its own: how it ends is part of what a test proves. */
import { fileURLToPath } from 'node:url';
import { startProcess } from './started-process.ts';

export interface ClientProcess {
  /** The first line that it says, or its end. */
  readonly begun: Promise<unknown>;
  /** Ends its input, which tells it to come to an end, and waits for that. */
  end(): Promise<EndedClient>;
}

export interface EndedClient {
  readonly exitCode: number | undefined;
  /** Without the library's note on a server that found the pings too many. */
  readonly stderr: string;
  /** Its last line, which is JSON; null where it is none. */
  readonly report: unknown;
}

const PING_NOTE = /^E Connection to .* rejected by server because of excess pings\..*\n/gm;

/** @param script a module beside this one @param remote its only argument */
export function startClientProcess(script: string, remote: string): ClientProcess {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const words = ['--disable-warning=ExperimentalWarning', file, remote];
  const client = startProcess(process.execPath, words, { PATH: process.env['PATH'] ?? '' });
  return {
    // Where it ends without a line, its end says why.
    begun: client.says('\n').catch(() => undefined),
    end: async () => {
      client.closeInput();
      const { exitCode, stdout, stderr } = await client.ended;
      return {
        exitCode,
        stderr: stderr.replaceAll(PING_NOTE, ''),
        report: parsed(stdout.trimEnd().split('\n').at(-1)),
      };
    },
  };
}

function parsed(line: string | undefined): unknown {
  return line?.startsWith('{') === true ? (JSON.parse(line) as unknown) : null;
}
