/** What readers and operators rely on, whatever happened to a run before. */
import { parseManifest, type Manifest } from '../src/publish/manifest.ts';
import type { ObjectStore } from '../src/stores/store.ts';
import { CURRENT_KEY, DATA_KEY, textOf } from './publish-day.ts';

export interface WholeDay {
  /** Content of the data object. */
  readonly text: string | undefined;
  readonly manifest: Manifest | undefined;
  /** Why data, current manifest and quarantine do not belong together. */
  readonly faults: readonly string[];
}

export async function wholeDay(store: ObjectStore): Promise<WholeDay> {
  const data = await store.head(DATA_KEY);
  const content = await store.get(CURRENT_KEY);
  const parsed = content === undefined ? { why: 'is missing' } : parseManifest(content);
  const manifest = 'manifest' in parsed ? parsed.manifest : undefined;
  const faults: string[] = [];
  if (manifest === undefined) faults.push(`the current manifest ${'why' in parsed ? parsed.why : ''}`);
  else if (manifest.staged.sha256 !== data?.sha256)
    faults.push(`the current manifest names the data of ${manifest.runId}`);
  const named = manifest?.quarantine;
  if (named) {
    const quarantine = await store.head(named.key);
    if (quarantine?.sha256 !== named.sha256) faults.push(`${named.key} is not what the current manifest names`);
  }
  return { text: textOf(await store.get(DATA_KEY)), manifest, faults };
}

/** What two runs over the same input have in common: without their names, and without what stood before them. */
export function withoutRun(manifest: Manifest): unknown {
  return JSON.parse(JSON.stringify({ ...manifest, replaces: null }).replaceAll(manifest.runId, 'RUN')) as unknown;
}
