import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { freezeInputFiles, openStore } from 'lake';
import { temporaryFolder, writeFileIn } from 'lake/testing';
import { loadConfig } from 'runtime';
import { fileLines } from './file-lines.ts';

async function linesIn(files: Readonly<Record<string, Uint8Array | string>>) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileIn(folder, name, content);
  const store = openStore(folder, loadConfig('local', 'configs', {}).lake);
  const frozen = await freezeInputFiles({ store, prefix: '' }, { allowEmpty: false });
  return (await Array.fromAsync(fileLines(store, frozen))).map(
    ({ file, line, bytes }) => `${file}:${line} ${Buffer.from(bytes).toString('latin1')}`,
  );
}

test('files come in the order of their names, unpacked, with every byte', async () => {
  const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x0a]);
  const packed = { 'c.ndjson.zst': zstdCompressSync('z\n'), 'b.json.gz': gzipSync('y1\ny2'), 'a.jsonl': broken };
  expect(await linesIn({ ...packed, 'notes.txt': 'x', _SUCCESS: '' })).toStrictEqual([
    'a.jsonl:1 {\xff\xfe',
    'b.json.gz:1 y1',
    'b.json.gz:2 y2',
    'c.ndjson.zst:1 z',
  ]);
});

test('a packed file that is broken is named', async () => {
  await expect(linesIn({ 'a.json.gz': 'no gzip' })).rejects.toThrow(
    expect.objectContaining({
      code: 'unreadable-input',
      message: expect.stringMatching(/^a\.json\.gz cannot be read/),
    }),
  );
});
