/** Where events go: a server that takes them, or a file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LineageConfig } from '../config/lineage-schema.ts';

/** @throws Error that says to a person why the event did not arrive */
export type Destination = (event: string, signal: AbortSignal) => Promise<void>;

export function destinationsOf({ url, file }: LineageConfig, apiKey: string | undefined): Destination[] {
  return [...(url === null ? [] : [server(url, apiKey)]), ...(file === null ? [] : [lines(file)])];
}

function server(url: string, apiKey: string | undefined): Destination {
  const address = `${url.replace(/\/+$/, '')}/api/v1/lineage`;
  const headers = {
    'content-type': 'application/json',
    ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
  };
  return async (body, signal) => {
    // Not followed: what is elsewhere is not what the configuration trusts with a key.
    const answer = await fetch(address, { method: 'POST', headers, body, signal, redirect: 'manual' }).catch(
      (error: unknown) => {
        throw new Error(whyNoAnswer(error), { cause: error });
      },
    );
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(refusal(answer.status));
  };
}

function lines(file: string): Destination {
  return async (event, signal) => {
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `${event}\n`, { flag: 'a', signal });
    } catch (error) {
      throw new Error(`${file} cannot be written (${codeOf(error)}); check lineage.file`, { cause: error });
    }
  };
}

function refusal(status: number): string {
  const what = status === 401 || status === 403 ? 'check OPENLINEAGE_API_KEY' : 'check lineage.url, or look at its log';
  return `its server answered ${status}; ${what}`;
}

function whyNoAnswer(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError' || name === 'AbortError') return TOO_SLOW;
  return `its server does not answer (${codeOf(cause ?? error)}); check lineage.url and the network`;
}

const TOO_SLOW = 'its server gave no answer in time';

const codeOf = (error: unknown): string => {
  const { code, name } = error as NodeJS.ErrnoException;
  return code ?? name;
};
