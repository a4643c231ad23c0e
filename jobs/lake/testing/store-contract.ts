/** What every object store of a lake must do, whatever it is made of. */
import { createHash, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Condition, ListedObject, ObjectStore } from '../src/stores/store.ts';
import { bytes, textOf } from './publish-day.ts';

const KEY = 'recipes/year=2019/month=11/day=29/recipes.parquet';
const ABSENT: Condition = { kind: 'absent' };
const PUBLISHERS = 16;
const ROUNDS = 10;

export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** @param makeStore a new, empty store */
export function storeContract(name: string, makeStore: () => ObjectStore | Promise<ObjectStore>): void {
  let store: ObjectStore;
  beforeEach(async () => {
    store = await makeStore();
  });

  /** Stages a text and publishes it. */
  async function publishText(text: string, condition: Condition, runId = 'run-1'): Promise<Answer> {
    const stagedKey = `_staging/contract/${randomUUID()}`;
    await store.put(stagedKey, bytes(text));
    return store.publish({ key: stagedKey }, KEY, condition, { runId, sha256: sha256Of(text) });
  }
  const current = async (): Promise<Condition> => {
    const facts = await store.head(KEY);
    return facts === undefined ? ABSENT : { kind: 'etag', etag: facts.etag };
  };
  const text = async (key: string): Promise<string | undefined> => textOf(await store.get(key));

  describe(`${name}: objects`, () => {
    test('what was put can be read, whole and in part', async () => {
      await store.put('a/b.txt', bytes('hello, lake'));
      expect(await text('a/b.txt')).toBe('hello, lake');
      expect(textOf(await store.readRange('a/b.txt', 7, 11))).toBe('lake');
      const range = await store.readRange('a/b.txt', 7, 100);
      expect(textOf(new Uint8Array(range.slice().buffer))).toBe('lake');
      expect(await store.head('a/b.txt')).toMatchObject({
        key: 'a/b.txt',
        sizeBytes: 11,
        sha256: sha256Of('hello, lake'),
      });
    });

    test('putting again replaces', async () => {
      await store.put('a', bytes('one'));
      await store.put('a', bytes('two'));
      expect(await text('a')).toBe('two');
    });

    test('an empty object is an object', async () => {
      await store.put('empty', new Uint8Array());
      expect(await text('empty')).toBe('');
      expect(await store.head('empty')).toMatchObject({ sizeBytes: 0, sha256: sha256Of('') });
    });

    test('what is not there is undefined', async () => {
      await store.put('a/b', bytes('x'));
      expect(await store.head('nothing')).toBeUndefined();
      expect(await store.get('nothing')).toBeUndefined();
      expect(await store.listFolder('nothing')).toBeUndefined();
      expect(await store.list('nothing')).toStrictEqual([]);
      // A folder is no object.
      expect(await store.head('a')).toBeUndefined();
      expect(await store.get('a')).toBeUndefined();
    });

    test('list tells all below a prefix by the bytes of their keys, listFolder what lies directly in it', async () => {
      for (const key of ['l/b', 'l/a/2', 'l/a/1', 'l/Z', 'l/é', 'other']) await store.put(key, bytes(key));
      expect((await store.list('l')).map((object) => object.key)).toStrictEqual([
        'l/Z',
        'l/a/1',
        'l/a/2',
        'l/b',
        'l/é',
      ]);
      const folder = await store.listFolder('l');
      expect(folder?.objects.map(({ key, sizeBytes }) => [key, sizeBytes])).toStrictEqual([
        ['Z', 3],
        ['b', 3],
        ['é', 4],
      ]);
      expect(folder?.folders).toStrictEqual(['a']);
    });

    test('the etag of a listing changes with the content', async () => {
      await store.put('l/a', bytes('one'));
      const [before] = await store.list('l');
      await store.put('l/a', bytes('two'));
      const [after] = await store.list('l');
      expect(after?.etag).not.toBe(before?.etag);
    });

    test('place brings a staged object to its key', async () => {
      await store.put('_staging/q', bytes('lines'));
      await store.place('_staging/q', 'quarantine/run-1.json');
      expect(await text('quarantine/run-1.json')).toBe('lines');
    });

    test('concatenate makes one object of pieces, in their order', async () => {
      for (const key of ['p/a', 'p/b']) await store.put(key, bytes(`content of ${key}`));
      const [a, b] = (await store.list('p')) as [ListedObject, ListedObject];
      const pieces = [
        { object: b, startByte: 11, endByte: 14 },
        bytes(' and '),
        { object: a, startByte: 4, endByte: 4 },
        { object: a, startByte: 0, endByte: 7 },
      ];
      await store.put('joined', bytes('what was there before'));
      await store.concatenate(pieces, 'joined');
      expect(await text('joined')).toBe('p/b and content');
      expect(await store.head('joined')).toMatchObject({ sizeBytes: 15, sha256: sha256Of('p/b and content') });
    });

    test('concatenate of what is gone fails, and leaves the object as it was', async () => {
      await store.put('p/a', bytes('gone'));
      const [object] = (await store.list('p')) as [ListedObject];
      await store.removeAll('p');
      await store.put('joined', bytes('before'));
      await expect(store.concatenate([{ object, startByte: 0, endByte: 4 }], 'joined')).rejects.toThrow(/p\/a|joined/);
      expect(await text('joined')).toBe('before');
      expect((await store.list('')).map(({ key }) => key)).toEqual(['joined']);
    });

    test('removeAll removes what lies below a prefix, and nothing is no error', async () => {
      for (const key of ['p/a', 'p/b/c', 'q']) await store.put(key, bytes(key));
      await store.removeAll('p');
      await store.removeAll('never-there');
      expect(await store.list('p')).toStrictEqual([]);
      expect(await text('q')).toBe('q');
    });

    test('a store that can be written says so', async () => {
      await expect(store.assertWritable()).resolves.toBeUndefined();
    });
  });

  describe(`${name}: conditional requests`, () => {
    test.each(['publish', 'putIf'] as const)('%s keeps the conditions', async (way) => {
      const send = (content: string, condition: Condition): Promise<Answer> =>
        way === 'publish' ? publishText(content, condition) : store.putIf(KEY, bytes(content), condition);
      expect(await send('x', { kind: 'etag', etag: '"none"' })).toBe('missing');
      expect(await send('one', ABSENT)).toBe('ok');
      expect(await send('two', ABSENT)).toBe('refused');
      expect(await text(KEY)).toBe('one');
      const seen = await current();
      expect(await send('two', seen)).toBe('ok');
      expect(await send('three', seen)).toBe('refused');
      expect(await text(KEY)).toBe('two');
    });

    test('identical bytes have identical etags, so both conditions hold', async () => {
      await publishText('same', ABSENT, 'run-1');
      const seen = await current();
      expect(await publishText('same', seen, 'run-2')).toBe('ok');
      expect(await publishText('other', seen, 'run-3')).toBe('ok');
      expect(await text(KEY)).toBe('other');
    });

    test('publishing what was never staged is answered with missing', async () => {
      const note = { runId: 'run-1', sha256: sha256Of('x') };
      expect(await store.publish({ key: '_staging/never' }, KEY, ABSENT, note)).toBe('missing');
      expect(await store.head(KEY)).toBeUndefined();
    });

    test('a refused publish leaves the staged object', async () => {
      await publishText('one', ABSENT);
      await store.put('_staging/late', bytes('late'));
      const note = { runId: 'run-2', sha256: sha256Of('late') };
      expect(await store.publish({ key: '_staging/late' }, KEY, ABSENT, note)).toBe('refused');
      expect(await text('_staging/late')).toBe('late');
    });

    test(`of ${PUBLISHERS} that publish at once over the same object, exactly one succeeds, ${ROUNDS} times`, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const seen = await current();
        const texts = Array.from({ length: PUBLISHERS }, (_, index) => `round ${round}, publisher ${index}`);
        const answers = await Promise.all(texts.map((content) => publishText(content, seen)));
        const winners = texts.filter((_, index) => answers[index] === 'ok');
        expect(winners).toHaveLength(1);
        expect(await text(KEY)).toBe(winners[0]);
        expect(
          answers.filter((answer) => answer !== 'ok' && answer !== 'refused' && answer !== 'conflict'),
        ).toStrictEqual([]);
      }
    });
  });
}
