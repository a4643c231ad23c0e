/** An image registry on the loopback interface, which docker trusts without TLS. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from 'lake/testing/watched-process';
import { until } from './running-stack.ts';

export interface Registry extends AsyncDisposable {
  /** `host:port` */
  readonly address: string;
}

/** @throws Error where Debian's docker-registry is missing or does not answer */
export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const address = `127.0.0.1:${await freePort()}`;
  const settings = {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: address },
  };
  // JSON is YAML too.
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(settings));
  const server = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  let failure: Error | undefined;
  server.on('error', (error) => {
    failure = new Error(`docker-registry does not run (Debian: apt-get install docker-registry): ${error.message}`);
  });
  await until('the registry answers', async () => {
    if (failure !== undefined) throw failure;
    return (await fetch(`http://${address}/v2/`).catch(() => undefined))?.ok;
  });
  return {
    address,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
