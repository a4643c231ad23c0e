/** A host that can be deployed to: this machine, by an SSH server on the loopback interface with keys of its own. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from 'lake/testing/watched-process';
import { until } from './running-stack.ts';

const SSHD = '/usr/sbin/sshd';

export interface SshServer extends AsyncDisposable {
  /** What docker/deploy-to-host.sh wants to know. */
  readonly variables: Readonly<Record<'DEPLOY_HOST' | 'DEPLOY_KEY' | 'DEPLOY_KNOWN_HOSTS', string>>;
}

/** @throws Error where there is no sshd, or it does not answer */
export async function startSshServer(): Promise<SshServer> {
  if (!existsSync(SSHD)) throw new Error(`there is no ${SSHD}: install it (Debian: apt-get install openssh-server)`);
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  const port = await freePort();
  const keyOf = (name: string): { file: string; secret: string; open: string } => {
    const file = join(folder, name);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
    return { file, secret: readFileSync(file, 'utf8'), open: readFileSync(`${file}.pub`, 'utf8').trim() };
  };
  const [host, client] = [keyOf('host'), keyOf('client')];
  writeFileSync(join(folder, 'authorized'), `${client.open}\n`, { mode: 0o600 });
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${host.file}`,
    `AuthorizedKeysFile ${join(folder, 'authorized')}`,
    // The folder for temporary files is anybody's.
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    `PidFile ${join(folder, 'pid')}`,
    `SetEnv PATH=${process.env['PATH'] ?? ''}`,
  ];
  writeFileSync(join(folder, 'config'), `${settings.join('\n')}\n`);
  // It will not start without; packages leave it to the init system.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(SSHD, ['-D', '-f', join(folder, 'config')], { stdio: ['ignore', 2, 2] });
  await until('the SSH server answers', () => answers(port));
  return {
    variables: {
      DEPLOY_HOST: `${userInfo().username}@127.0.0.1:${port}`,
      DEPLOY_KEY: client.secret,
      DEPLOY_KNOWN_HOSTS: `[127.0.0.1]:${port} ${host.open}`,
    },
    async [Symbol.asyncDispose]() {
      server.kill('SIGTERM');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
