/** What a session sends its server arrives whole and once, or is an error that says why. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { SparkSession } from '../../src/index.ts';
import { artifactParts } from '../../src/protocol/artifact-parts.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';
import { contentOf, namesOf } from '../../testing/scripted-upload.ts';

const folder = mkdtempSync(join(tmpdir(), 'spark-connect-artifacts-'));
const large = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 251));
let server: ScriptedServer;
let spark: SparkSession;

async function connect(script: Script): Promise<void> {
  server = await startScriptedServer(script);
  spark = await SparkSession.connect({ remote: server.remote });
}

function aFolder(): string {
  mkdirSync(join(folder, 'folder.jar'), { recursive: true });
  return join(folder, 'folder.jar');
}

afterEach(async () => {
  await spark?.release();
  await server?.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('small artifacts go together, a large one in pieces with its size, each piece with its check', async () => {
  await connect({});
  const sources = ['a', 'b'].map((name) => ({ name, content: Buffer.from(name) }));
  await spark.addArtifacts([...sources, { name: 'large', content: large }], { kind: 'file' });
  const [parts = []] = server.uploads();
  expect(parts.map(({ payload }) => payload.case)).toEqual(['batch', 'beginChunk', 'chunk', 'chunk', 'chunk']);
  expect(parts[1]?.payload.value).toMatchObject({ name: 'files/large', totalBytes: 100_000n, numChunks: 4n });
  expect(namesOf(parts)).toEqual(['files/a', 'files/b', 'files/large']);
  expect(large.equals(contentOf(parts.slice(1)))).toBe(true);
  expect(parts.every(({ sessionId }) => sessionId === spark.sessionId)).toBe(true);
});

test('an upload whose connection is cut is sent again from its beginning', async () => {
  await connect({ addArtifacts: [{ cutAfter: 2 }, { fail: { status: 14, message: 'try later' } }, { usual: true }] });
  await spark.addArtifact({ name: 'large', content: large }, { kind: 'file' });
  const uploads = server.uploads();
  expect(uploads).toHaveLength(3);
  expect(large.equals(contentOf(uploads[2] ?? []))).toBe(true);
});

test('what arrives damaged is sent again, and given up after three times', async () => {
  await connect({ addArtifacts: [{ damaged: true }, { usual: true }, { damaged: true }] });
  const jar = { name: 'a.jar', content: large };
  await spark.addArtifact(jar);
  expect(server.uploads()).toHaveLength(2);
  await expect(spark.addArtifact(jar)).rejects.toMatchObject({ code: 'protocol', retryable: true });
  expect(server.uploads()).toHaveLength(5);
});

test('a server that refuses the first part says why, whatever is still under way', async () => {
  await connect({ addArtifacts: [{ fail: { status: 3, message: 'No artifacts here.' } }] });
  const endless = { name: 'x', content: new Uint8Array(20_000_000) };
  await expect(spark.addArtifact(endless, { kind: 'file' })).rejects.toMatchObject({
    code: 'server',
    message: expect.stringContaining('No artifacts here.'),
  });
});

test('a signal ends an upload', async () => {
  await connect({ addArtifacts: [{ cutAfter: 1 }] });
  const signal = AbortSignal.timeout(200);
  await expect(spark.addArtifact({ name: 'x', content: large }, { kind: 'file', signal })).rejects.toMatchObject({
    code: 'interrupted',
  });
});

test.each([
  ['a folder', () => aFolder(), 'is no file'],
  ['a path that is not there', () => join(folder, 'none.jar'), 'cannot be read'],
  ['another scheme', () => 's3a://bucket/a.jar', 'cannot be sent'],
  ['a file of another kind', () => join(folder, 'a.txt'), 'is no name of a jar'],
  ['a path for a name', () => ({ name: '../a.jar', content: large }), 'is no name of a jar'],
])('%s is refused before anything is sent', async (_, source, words) => {
  await connect({});
  const wanted = expect.objectContaining({ code: 'usage', message: expect.stringContaining(words) });
  await expect(spark.addArtifact(source() as string)).rejects.toEqual(wanted);
  expect(server.uploads()).toEqual([]);
});

test('content of another size than was said is an error, larger or smaller', async () => {
  for (const sizeBytes of [99_999, 100_001]) {
    const sent = (async () => {
      for await (const part of artifactParts([{ name: 'x', sizeBytes, read: () => [large] }])) void part;
    })();
    await expect(sent).rejects.toMatchObject({ code: 'usage' });
  }
});
