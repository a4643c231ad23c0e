import { hostname } from 'node:os';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startChild } from '../../../testing/child.ts';
import { temporaryFolder, writeFileIn } from '../../../testing/temporary-folder.ts';
import type { Holder } from './lock-holder.ts';
import { withLocalLock } from './lock.ts';
import { lookAtProcess, thisHolder } from './this-process.ts';

const take = (folder: string, waitMs = 0): Promise<string> =>
  withLocalLock(folder, 'the test', async () => 'taken', waitMs);
const plant = (holder: Partial<Holder>): string => {
  const folder = temporaryFolder();
  writeFileIn(folder, 'other.lock', JSON.stringify({ ...thisHolder('the other'), ...holder }));
  return folder;
};

describe('a lock among processes', () => {
  test('the lock of a holder that was killed is taken over', async () => {
    const folder = temporaryFolder();
    const holder = startChild('hold-lock', [folder]);
    await holder.says('held');
    await expect(take(folder)).rejects.toMatchObject({
      code: 'unreachable',
      exitCode: 6,
      message: expect.stringContaining(`process ${holder.process.pid} on ${hostname()}`),
    });
    holder.process.kill('SIGKILL');
    await holder.ended;
    expect(await take(folder)).toBe('taken');
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('eight processes that count under the lock lose nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'count'), '0');
    const children = Array.from({ length: 8 }, () => startChild('count-under-lock', [folder, '25']).ended);
    for (const child of await Promise.all(children)) expect(child).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('200');
  });

  test('in one process too only one acts at a time', async () => {
    const folder = temporaryFolder();
    let acting = 0;
    const act = async (): Promise<number> => {
      acting += 1;
      await new Promise((resolve) => setImmediate(resolve));
      acting -= 1;
      return acting;
    };
    const seen = await Promise.all(Array.from({ length: 5 }, () => withLocalLock(folder, 'the test', act)));
    expect(seen).toStrictEqual([0, 0, 0, 0, 0]);
  });

  test('what the action throws is thrown, and the lock is free again', async () => {
    const folder = temporaryFolder();
    await expect(withLocalLock(folder, 'it', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await take(folder)).toBe('taken');
  });

  test("another host's holder is named, with its file", async () => {
    const folder = plant({ host: 'far-away', pid: 42 });
    await expect(take(folder, 30)).rejects.toThrow(/process 42 on far-away \(the other\).*remove .*other\.lock/);
    expect(readdirSync(folder)).toStrictEqual(['other.lock']);
  });

  test('a process of the same host name in another namespace keeps its lock, though its id means nothing here', async () => {
    const folder = plant({ pidNamespace: 'pid:[4026599999]', pid: 2 ** 22 + 1 });
    await expect(take(folder)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('a holder of the same id that began at another time is dead, and so is one of another boot', async () => {
    expect(await take(plant({ processStart: '1' }))).toBe('taken');
    expect(await take(plant({ bootId: 'before' }))).toBe('taken');
  });

  test('a lock that cannot be read, or is none, is held by someone unknown', async () => {
    const unreadable = temporaryFolder();
    // Reading a folder fails for everybody, whatever their rights.
    mkdirSync(join(unreadable, 'other.lock'));
    await expect(take(unreadable)).rejects.toThrow(/held by someone unknown.*other\.lock/);
    const foreign = temporaryFolder();
    writeFileIn(foreign, 'other.lock', '{"pid":');
    await expect(take(foreign)).rejects.toThrow(/held by someone unknown/);
  });
});

describe('what is told of a process', () => {
  test('this one is there, and the holder knows its namespace', () => {
    expect(lookAtProcess(process.pid)).toStrictEqual({ is: 'there', start: thisHolder('it').processStart });
    expect(thisHolder('it').pidNamespace).toMatch(/^pid:\[\d+\]$/);
  });

  test('one that never was is gone', () => {
    expect(lookAtProcess(2 ** 22 + 1)).toStrictEqual({ is: 'gone' });
  });
});
