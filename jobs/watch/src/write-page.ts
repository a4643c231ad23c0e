/** Writes a page as a report is published: old or new, never half, and made of the state that the last publisher left. */
import { createHash } from 'node:crypto';
import { LakeError, type ObjectStore } from 'lake';

/** Each refusal means that another page was written meanwhile, so someone always gets on. */
const MAX_ROUNDS = 20;

export interface WrittenPage {
  readonly url: string;
  /** False where it was there already, byte by byte. */
  readonly isNew: boolean;
}

/** @param render reads the state and makes the page @throws LakeError overtaken where others keep getting in between */
export async function writePage(store: ObjectStore, key: string, render: () => Promise<string>): Promise<WrittenPage> {
  const url = store.url(key);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // Looked at before the state is read: whoever publishes after that, and has written already, refuses this page.
    const seen = await store.head(key);
    const content = new TextEncoder().encode(await render());
    if (seen?.sha256 === createHash('sha256').update(content).digest('hex')) return { url, isNew: false };
    const condition = seen === undefined ? ({ kind: 'absent' } as const) : ({ kind: 'etag', etag: seen.etag } as const);
    if ((await store.putIf(key, content, condition)) === 'ok') return { url, isNew: true };
  }
  throw new LakeError('overtaken', `${url} was replaced by others ${MAX_ROUNDS} times`);
}
