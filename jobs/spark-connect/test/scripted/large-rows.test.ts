/** Rows of this process that are large go to the server once, whole, and plans only name them. */
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { rowsOf } from '../../src/rows/arrow.ts';
import { SparkSession } from '../../src/index.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';
import { contentOf, namesOf } from '../../testing/scripted-upload.ts';

const rows = Array.from({ length: 6_000 }, (_, n) => ({ n, text: `this is row ${n}` }));
const confs = (threshold: number) => ({
  answer: {
    pairs: [
      { key: 'spark.sql.session.localRelationCacheThreshold', value: String(threshold) },
      { key: 'spark.sql.session.localRelationChunkSizeBytes', value: '100000' },
    ],
  },
});
let server: ScriptedServer;
let spark: SparkSession;

async function connect(script: Script): Promise<void> {
  server = await startScriptedServer({ config: [confs(100_000)], ...script });
  spark = await SparkSession.connect({ remote: server.remote });
}

afterEach(async () => {
  await spark?.release();
  await server?.close();
});

const relations = () =>
  server
    .requests('executePlan')
    .map(({ plan }) => (plan?.opType.case === 'root' ? plan.opType.value.relType : undefined));

test('they are sent in pieces that hold all rows, named by their hashes, and once for all frames made of them', async () => {
  await connect({ addArtifacts: [{ cutAfter: 3 }, { usual: true }] });
  const frame = spark.createDataFrame(rows);
  await Promise.all([frame.collect(), frame.collect()]);
  await frame.collect();
  const [cut = [], whole = [], ...more] = server.uploads();
  expect([cut.length > 0, more]).toEqual([true, []]);
  const begins = whole.flatMap(({ payload }, at) => (payload.case === 'beginChunk' ? [at] : []));
  const pieces = begins.map((from, index) => new Uint8Array(contentOf(whole.slice(from, begins[index + 1]))));
  expect(pieces.flatMap((data) => rowsOf({ data }))).toEqual(rows);
  const hashes = pieces.map((data) => createHash('sha256').update(data).digest('hex'));
  expect(namesOf(whole)).toEqual(hashes.map((hash) => `cache/${hash}`));
  expect(hashes.length).toBeGreaterThan(1);
  for (const relation of relations())
    expect(relation).toMatchObject({ case: 'chunkedCachedLocalRelation', value: { dataHashes: hashes } });
});

test('pieces that the server has are not sent', async () => {
  await connect({});
  await spark.createDataFrame(rows).collect();
  const [names = []] = server.uploads().map((parts) => namesOf(parts));
  const statuses = Object.fromEntries(names.map((name) => [name, { exists: true }]));
  await spark.release();
  await server.close();
  await connect({ artifactStatus: [{ answer: { statuses } }] });
  await spark.createDataFrame(rows).collect();
  expect([server.uploads(), relations()[0]?.case]).toEqual([[], 'chunkedCachedLocalRelation']);
});

test('an upload that fails is tried again by the next action', async () => {
  await connect({ addArtifacts: [{ fail: { status: 3, message: 'Not now.' } }, { usual: true }] });
  const frame = spark.createDataFrame(rows);
  await expect(frame.collect()).rejects.toMatchObject({ code: 'server' });
  expect(server.requests('executePlan')).toEqual([]);
  await frame.collect();
  expect(relations()).toMatchObject([{ case: 'chunkedCachedLocalRelation' }]);
});

test.each([
  ['below the threshold of the session', [confs(10_000_000)]],
  ['for a server that takes no pieces', [{ answer: { pairs: [] } }]],
])('they stay in the plan %s', async (_, config) => {
  await connect({ config });
  const frame = spark.createDataFrame(rows);
  await frame.collect();
  await frame.collect();
  expect(relations()).toMatchObject([{ case: 'localRelation' }, { case: 'localRelation' }]);
  const keys = server.requests('config').map(({ operation }) => JSON.stringify(operation?.opType.value));
  expect(keys.filter((text) => text.includes('localRelation'))).toHaveLength(1);
});

test('small ones ask for nothing', async () => {
  await connect({});
  await spark.createDataFrame(rows.slice(0, 10)).collect();
  expect(server.calls().filter((name) => /config|artifact/i.test(name))).toEqual([]);
});
