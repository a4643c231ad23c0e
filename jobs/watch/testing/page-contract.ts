/** What writers of one page may rely on, on any store. */
import { expect, test } from '@jest/globals';
import type { ObjectStore } from 'lake';
import { writePage } from '../src/write-page.ts';

const KEY = 'pages/index.html';
const WRITERS = 8;

const textOf = async (store: ObjectStore): Promise<string> => new TextDecoder().decode(await store.get(KEY));

/** @param newStore on an empty place of its own */
export function pageContract(newStore: () => ObjectStore): void {
  test('a page is written, and the same page again is left as it is', async () => {
    const store = newStore();
    expect(await writePage(store, KEY, async () => 'one')).toEqual({ url: store.url(KEY), isNew: true });
    const { etag } = (await store.head(KEY))!;
    expect(await writePage(store, KEY, async () => 'one')).toMatchObject({ isNew: false });
    expect((await store.head(KEY))!.etag).toBe(etag);
    expect(await writePage(store, KEY, async () => 'two')).toMatchObject({ isNew: true });
    expect(await textOf(store)).toBe('two');
  });

  test('a writer that was slow looks again: the page shows the later state, whoever wrote last', async () => {
    const store = newStore();
    let state = 'before';
    const looks: string[] = [];
    await writePage(store, KEY, async () => {
      looks.push(state);
      const seen = state;
      if (looks.length === 1) {
        // While the first still draws, another one publishes and writes its page.
        state = 'after';
        await writePage(store, KEY, async () => `page of ${state}`);
      }
      return `page of ${seen}`;
    });
    expect(looks).toEqual(['before', 'after']);
    expect(await textOf(store)).toBe('page of after');
  });

  test('many that publish and write at once leave a page of all of it, and readers see whole pages only', async () => {
    const store = newStore();
    const published: string[] = [];
    const page = (): string => `<${published.toSorted().join(' ').padEnd(100_000)}>`;
    await writePage(store, KEY, async () => page());
    const done = new AbortController();
    const torn: string[] = [];
    const reading = (async () => {
      while (!done.signal.aborted) {
        const text = await textOf(store);
        if (!/^<[^<>]*>$/.test(text) || text.length < 100_002) torn.push(text.slice(0, 80));
      }
    })();
    const write = async (name: string): Promise<void> => {
      published.push(name);
      await writePage(store, KEY, async () => page());
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, at) => write(`day-${at}`)));
    done.abort();
    await reading;
    expect(torn).toEqual([]);
    expect(await textOf(store)).toBe(page());
  });

  test('a page that others replace again and again is given up by name', async () => {
    const store = newStore();
    let others = 0;
    const writing = writePage(store, KEY, async () => {
      await store.put(KEY, new TextEncoder().encode(`other ${others++}`));
      return 'mine';
    });
    await expect(writing).rejects.toThrow(`${store.url(KEY)} was replaced by others 20 times`);
  });
}
