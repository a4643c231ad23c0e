import { hostname } from 'node:os';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startChild } from '../../../testing/child.ts';
import { temporaryFolder, writeFileIn } from '../../../testing/temporary-folder.ts';
import { heartbeat, HeartbeatWatch, type Sign } from './heartbeat.ts';
import type { Holder } from './lock-holder.ts';
import { type LockLimits, withLocalLock } from './lock.ts';
import { lookAtProcess, thisHolder } from './this-process.ts';

const take = (folder: string, limits: LockLimits = { waitMs: 0 }): Promise<string> =>
  withLocalLock(folder, 'the test', async () => 'taken', limits);
/** Silence is proved at the first look that is later than the one before. */
const impatient: LockLimits = { silentAfterMs: Number.MIN_VALUE };
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
      message: expect.stringContaining(`process ${holder.pid} on ${hostname()}`),
    });
    holder.kill('SIGKILL');
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

  test("another host's holder is waited for, and named with its file", async () => {
    const folder = plant({ host: 'far-away', pid: 42 });
    await expect(take(folder, { waitMs: 30 })).rejects.toThrow(/process 42 on far-away \(the other\).*other\.lock/);
    expect(readdirSync(folder)).toStrictEqual(['other.lock']);
  });

  test('a holder in another namespace is not judged by what its process id means here', async () => {
    const folder = plant({ pidNamespace: 'pid:[4026599999]', pid: 2 ** 22 + 1 });
    await expect(take(folder)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test.each<[string, Partial<Holder>]>([
    ['in another namespace, as that of a dead container', { pidNamespace: 'pid:[4026599999]' }],
    ['on another host', { host: 'far-away' }],
    ['that is stopped for ever', {}],
  ])('a holder %s that gives no sign of life is taken over', async (_, holder) => {
    const folder = plant(holder);
    expect(await take(folder, impatient)).toBe('taken');
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('a holder gives signs of life, also in a file that somebody removed, which stays removed', async () => {
    const folder = temporaryFolder();
    const file = writeFileIn(folder, 'mine.lock', '{}');
    using _ = heartbeat(file, 1);
    while (readFileSync(file, 'utf8').length < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toStrictEqual({});
    rmSync(file);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('whose lock was taken for dead knows it', async () => {
    const folder = temporaryFolder();
    const held = await withLocalLock(folder, 'it', async (isHeld) => {
      const before = await isHeld();
      await take(folder, impatient);
      return [before, await isHeld()];
    });
    expect(held).toStrictEqual([true, false]);
  });

  test('a holder of the same id that began at another time is dead, and so is one of another boot', async () => {
    expect(await take(plant({ processStart: '1' }))).toBe('taken');
    expect(await take(plant({ bootId: 'before' }))).toBe('taken');
  });

  test('a lock that cannot be read, or is none, is held by someone unknown, as long as it changes', async () => {
    const unreadable = temporaryFolder();
    // Reading a folder fails for everybody, whatever their rights.
    mkdirSync(join(unreadable, 'other.lock'));
    await expect(take(unreadable)).rejects.toThrow(/held by someone unknown.*other\.lock/);
    expect(await take(unreadable, impatient)).toBe('taken');
    const foreign = temporaryFolder();
    writeFileIn(foreign, 'other.lock', '{"pid":');
    await expect(take(foreign)).rejects.toThrow(/held by someone unknown/);
    expect(await take(foreign, impatient)).toBe('taken');
  });
});

describe('whether a lock is silent', () => {
  /** @param looks time in ms and mark of each look @returns the last answer, where silence is 3 s */
  const sign = (...looks: readonly (readonly [atMs: number, mark: string])[]): Sign | undefined => {
    let nowMs = 0;
    const watch = new HeartbeatWatch(3_000, () => nowMs);
    const signs = looks.map(([atMs, mark]) => {
      nowMs = atMs;
      return watch.look('a.lock', mark);
    });
    return signs.at(-1);
  };
  const every = (stepMs: number, count: number, markOf: (look: number) => string) =>
    Array.from({ length: count }, (_, look) => [look * stepMs, markOf(look)] as const);

  test('is decided by what one process saw, on its own clock', () => {
    expect(sign([0, 'a'])).toBe('unsure');
    expect(sign(...every(500, 6, () => 'a'))).toBe('unsure');
    expect(sign(...every(500, 7, () => 'a'))).toBe('silent');
    expect(sign(...every(500, 50, (look) => String(look)))).toBe('beats');
    expect(sign(...every(500, 7, (look) => (look < 3 ? 'a' : 'b')))).toBe('beats');
    expect(sign(...every(500, 10, (look) => (look < 3 ? 'a' : 'b')))).toBe('silent');
  });

  test('is not decided by a waiter that slept itself', () => {
    expect(sign([0, 'a'], [60_000, 'a'])).toBe('unsure');
    expect(sign([0, 'a'], [60_000, 'a'], [120_000, 'b'])).toBe('beats');
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
