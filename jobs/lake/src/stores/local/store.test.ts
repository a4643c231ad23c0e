import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { startChild } from '../../../testing/child.ts';
import { bytes, DATA_KEY, textOf } from '../../../testing/publish-day.ts';
import { sha256Of, storeContract } from '../../../testing/store-contract.ts';
import { temporaryFolder, writeFileIn } from '../../../testing/temporary-folder.ts';
import { localStore } from './store.ts';

storeContract('a local store', () => localStore(temporaryFolder()));

describe('a lake in a local folder', () => {
  test('of sixteen publishers in four processes exactly one succeeds, round after round', async () => {
    const folder = temporaryFolder();
    const store = localStore(folder);
    for (let round = 0; round < 4; round++) {
      const etag = (await store.head(DATA_KEY))?.etag ?? '';
      const children = [0, 1, 2, 3].map((child) => {
        const names = [0, 1, 2, 3].map((name) => `${round}-${child}-${name}`);
        return startChild('publish-over', [folder, DATA_KEY, etag, ...names]).ended;
      });
      const answers = (await Promise.all(children)).flatMap((child) => child.stdout.trim().split(' '));
      expect(answers.toSorted()).toStrictEqual(['ok', ...Array.from({ length: 15 }, () => 'refused')]);
    }
  });

  test('the checksum that Hadoop left beside the old file goes before the new one comes', async () => {
    const folder = temporaryFolder();
    const store = localStore(folder);
    const crc = writeFileIn(folder, join(dirname(DATA_KEY), '.recipes.parquet.crc'), 'stale');
    await store.put('_staging/a', bytes('new'));
    await store.publish({ key: '_staging/a' }, DATA_KEY, { kind: 'absent' }, { runId: 'r', sha256: sha256Of('new') });
    expect(existsSync(crc)).toBe(false);
    expect(readdirSync(dirname(crc))).toStrictEqual(['recipes.parquet']);
  });

  test('a staged file that is no longer what was audited is not published', async () => {
    const store = localStore(temporaryFolder());
    await store.put('_staging/a', bytes('changed'));
    const note = { runId: 'r', sha256: sha256Of('audited') };
    const publish = store.publish({ key: '_staging/a' }, DATA_KEY, { kind: 'absent' }, note);
    await expect(publish).rejects.toMatchObject({ code: 'unexpected', message: expect.stringContaining('_staging/a') });
    expect(await store.head(DATA_KEY)).toBeUndefined();
    expect(textOf(await store.get('_staging/a'))).toBe('changed');
  });

  test('whose lock was taken for dead while it worked changes nothing', async () => {
    const folder = temporaryFolder();
    const store = localStore(folder);
    const text = 'x'.repeat(8 * 1024 * 1024);
    await store.put('_staging/a', bytes(text));
    const over = new AbortController();
    const publish = store
      .publish({ key: '_staging/a' }, DATA_KEY, { kind: 'absent' }, { runId: 'r', sha256: sha256Of(text) })
      .finally(() => over.abort());
    while (!over.signal.aborted) {
      const files = await store.list('_staging/locks');
      for (const { key } of files.filter(({ key }) => key.endsWith('.lock')))
        rmSync(join(folder, key), { force: true });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await publish).toBe('conflict');
    expect(await store.head(DATA_KEY)).toBeUndefined();
    expect(await store.head('_staging/a')).toBeDefined();
  });

  test('a link to nowhere is listed as one, a link to a folder is a folder', async () => {
    const folder = temporaryFolder();
    writeFileIn(folder, 'in/a.json', '{}');
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync('/nowhere/at/all', join(folder, 'in/b.json'));
    symlinkSync('c.json', join(folder, 'in/c.json'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'in/d'));
    symlinkSync(join(folder, 'in/a.json'), join(folder, 'in/e.json'));
    const listing = await localStore(folder).listFolder('in');
    expect(listing?.objects.map((object) => object.key)).toStrictEqual(['a.json', 'e.json']);
    expect(listing?.folders).toStrictEqual(['d']);
    expect(listing?.others).toStrictEqual([
      { name: 'b.json', is: 'a link that leads nowhere' },
      { name: 'c.json', is: 'a link that leads nowhere' },
    ]);
  });

  test.each(['a*b', 'a?b', 'a[1]', 'a{b}', 'a^b', 'a:b', 'a\\b', 'a\nb'])(
    'a folder named %j is refused by name',
    (name) => {
      const open = (): unknown => localStore(join('/data', name, 'lake'));
      expect(open).toThrow(
        expect.objectContaining({ code: 'usage', exitCode: 2, message: expect.stringContaining('/data/') }),
      );
    },
  );

  test('a folder with spaces, accents, commas and an equals sign is fine', async () => {
    const store = localStore(join(temporaryFolder(), 'my läke, v=1'));
    await store.put('a', bytes('x'));
    expect(textOf(await store.get('a'))).toBe('x');
  });
});

describe('whether a folder can be written', () => {
  const file = writeFileIn(temporaryFolder(), 'file', '');
  test.each(['/proc', '/proc/sub/sub', '/sys/nothing', file, join(file, 'sub')])(
    '%s cannot, and that is said',
    async (folder) => {
      const answer = localStore(folder).assertWritable();
      await expect(answer).rejects.toMatchObject({
        code: 'config',
        exitCode: 2,
        message: expect.stringContaining(folder),
      });
    },
  );

  test('a path through a link to nowhere cannot', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'gone/deep'), join(folder, 'link'));
    await expect(localStore(join(folder, 'link')).assertWritable()).rejects.toMatchObject({ code: 'config' });
  });

  test('putting below /proc answers too', async () => {
    await expect(localStore('/proc/sub').put('a/b', bytes('x'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a missing folder is made with its parents', async () => {
    const folder = join(temporaryFolder(), 'a/b/c');
    await localStore(folder).assertWritable();
    writeFileSync(join(folder, 'd'), '');
    expect(readdirSync(folder)).toContain('d');
  });
});
