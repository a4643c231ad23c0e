/** A store that keeps every earlier state of its objects, as a bucket with versioning does. */
import { createHash } from 'node:crypto';
import type { ObjectStore, ObjectVersion } from '../src/stores/store.ts';

interface Kept extends ObjectVersion {
  readonly content: Uint8Array;
}

export function versionedStore(inner: ObjectStore): ObjectStore {
  const kept = new Map<string, Kept[]>();
  let number = 0;
  const keep = async (key: string, runId?: string): Promise<void> => {
    const content = (await inner.get(key)) ?? new Uint8Array();
    const earlier = (kept.get(key) ?? []).map((version) => ({ ...version, isCurrent: false }));
    const version = {
      versionId: `v${++number}`,
      modifiedAt: new Date(),
      sizeBytes: content.length,
      isCurrent: true,
      sha256: createHash('sha256').update(content).digest('hex'),
      runId,
      content,
    };
    kept.set(key, [version, ...earlier]);
  };
  return {
    ...inner,
    async put(key, content) {
      await inner.put(key, content);
      await keep(key);
    },
    async place(stagedKey, key) {
      await inner.place(stagedKey, key);
      await keep(key);
    },
    async publish(staged, key, condition, note) {
      const answer = await inner.publish(staged, key, condition, note);
      if (answer === 'ok') await keep(key, note.runId);
      return answer;
    },
    versions: {
      list: async (key) => [...(kept.get(key) ?? [])],
      async stage(key, versionId, stagedKey) {
        const version = kept.get(key)?.find((candidate) => candidate.versionId === versionId);
        if (version === undefined) throw new Error(`no version ${versionId} of ${key}`);
        await inner.put(stagedKey, version.content);
      },
    },
  };
}
