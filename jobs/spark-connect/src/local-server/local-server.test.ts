import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { startLocalServer } from './local-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-server-test-'));
const logFile = join(folder, 'logs', 'server.log');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Instead of java: notes its process and the folder it was given, then does what it is told. */
function fakeJava(
  name: string,
  does: string,
): { javaPath: string; facts: () => { pid: number; conf: string; starts: number } } {
  const file = join(folder, `${name}.txt`);
  const javaPath = join(folder, name);
  writeFileSync(javaPath, `#!/bin/sh\necho "$$ $SPARK_CONF_DIR" >> ${file}\n${does}\n`, { mode: 0o755 });
  const facts = () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    const [pid = '0', conf = ''] = (lines.at(-1) ?? '').split(' ');
    return { pid: Number(pid), conf, starts: lines.length };
  };
  return { javaPath, facts };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, maxWaitMs = 5_000): Promise<void> {
  const endMs = performance.now() + maxWaitMs;
  while (!condition() && performance.now() < endMs) await sleep(20);
}

describe('a local server that does not start', () => {
  test('says how it ended and what it said last, and leaves nothing behind', async () => {
    const { javaPath, facts } = fakeJava('fails', 'echo first; echo last words >&2; exit 3');
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/ended while it started \(exit code 3\).*first\nlast words$/s),
    });
    expect(existsSync(facts().conf)).toBe(false);
  });

  test('quotes this start only, not what the log held before', async () => {
    const { javaPath } = fakeJava('no-answer', 'exit 1');
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath })).rejects.toMatchObject({
      message: expect.stringContaining('It has logged nothing'),
    });
  });

  test('for want of java says so', async () => {
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath: '/no/java' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/"\/no\/java" cannot be run as a program.*javaPath/),
    });
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath: 'no-java' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/"no-java" is not in any folder of PATH.*javaPath/),
    });
  });

  test('because its port was taken is started on another one', async () => {
    const { javaPath, facts } = fakeJava('clash', 'echo java.net.BindException: Address already in use; exit 1');
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath })).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(facts().starts).toBe(3);
  });

  test('in time is ended', async () => {
    const { javaPath, facts } = fakeJava('hangs', 'exec sleep 600');
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath, startTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('did not answer within 0.3 s'),
    });
    expect(isAlive(facts().pid)).toBe(false);
  });

  test('before it is given up is ended', async () => {
    const { javaPath, facts } = fakeJava('aborted', 'exec sleep 600');
    const abort = new AbortController();
    const starting = startLocalServer({ jarsDir: '/jars', logFile, javaPath, signal: abort.signal });
    void until(() => facts().pid > 0).then(() => abort.abort());
    await expect(starting).rejects.toMatchObject({ code: 'interrupted' });
    expect(isAlive(facts().pid)).toBe(false);
    expect(existsSync(facts().conf)).toBe(false);
  });

  test('and does not listen is forced to end', async () => {
    const { javaPath, facts } = fakeJava('stubborn', "trap '' TERM; exec sleep 600");
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath, startTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(isAlive(facts().pid)).toBe(false);
  }, 15_000);
});

describe('the locale of a local server', () => {
  const NAMES = ['LC_ALL', 'LC_CTYPE', 'LANG'] as const;
  const before = NAMES.map((name) => process.env[name]);
  const setLocale = (values: readonly (string | undefined)[]): void => {
    for (const [index, name] of NAMES.entries()) {
      if (values[index] === undefined) delete process.env[name];
      else process.env[name] = values[index];
    }
  };
  afterEach(() => setLocale(before));

  test.each([
    ['nothing', [undefined, undefined, undefined], 'C.UTF-8'],
    ['POSIX over a language', ['POSIX', undefined, 'de_DE.UTF-8'], 'C.UTF-8'],
    ['a language', [undefined, undefined, 'de_DE.UTF-8'], ''],
    ['characters', [undefined, 'en_US.utf8', undefined], ''],
  ])('knows names beyond ASCII where the environment says %s', async (_what, values, owed) => {
    setLocale(values);
    const { javaPath } = fakeJava('locale', 'echo "locale=$LC_ALL;"; exit 1');
    await expect(startLocalServer({ jarsDir: '/jars', logFile, javaPath })).rejects.toMatchObject({
      message: expect.stringContaining(`locale=${owed};`),
    });
  });
});

describe('a program that is killed', () => {
  test('takes its server and the files of it with it', async () => {
    const { javaPath, facts } = fakeJava('orphan', 'exec sleep 600');
    const options = JSON.stringify({ jarsDir: '/jars', logFile, javaPath });
    const code = `import { startLocalServer } from '${join(import.meta.dirname, 'local-server.ts')}'; await startLocalServer(${options});`;
    const program = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await until(() => facts().pid > 0);
    const { pid, conf } = facts();
    expect(isAlive(pid)).toBe(true);
    program.kill('SIGKILL');
    await once(program, 'exit');
    await until(() => !isAlive(pid) && !existsSync(conf));
    expect({ isAlive: isAlive(pid), hasFiles: existsSync(conf) }).toEqual({ isAlive: false, hasFiles: false });
  }, 15_000);
});
