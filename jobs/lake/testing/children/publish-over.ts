/** `publish-over FOLDER KEY ETAG NAMES…`: publishes one object a name, all at once, over what the key had; prints the answers. */
import { createHash } from 'node:crypto';
import { localStore } from '../../src/stores/local/store.ts';
import type { Condition } from '../../src/stores/store.ts';

const [folder = '', key = '', etag = '', ...names] = process.argv.slice(2);
const store = localStore(folder);
const condition: Condition = etag === '' ? { kind: 'absent' } : { kind: 'etag', etag };
const answers = names.map(async (name) => {
  const content = new TextEncoder().encode(name);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await store.put(`_staging/race/${name}`, content);
  return store.publish({ key: `_staging/race/${name}` }, key, condition, { runId: name, sha256 });
});
console.log((await Promise.all(answers)).join(' '));
