/** What lies in the landing folder of the day, and how a job answers what cannot be loaded. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { contentOf } from '../../lakes/in-process.ts';
import type { InputFile } from '../../oracles/lines.ts';
import { type ProcessLake, processLake } from '../../lakes/process-lake.ts';
import { summaryOf } from '../../processes.ts';
import { smallDay } from '../../events/small-day.ts';

let lake: ProcessLake;
beforeAll(async () => {
  lake = await processLake();
});
afterEach(() => rm(lake.landing, { recursive: true, force: true }));
afterAll(async () => {
  await lake[Symbol.asyncDispose]();
});

const good = smallDay('good');
/** As an upload leaves it that broke off. */
const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, Math.floor(bytes.length / 2));

async function expectRefusal(exitCode: number, ...says: readonly string[]): Promise<void> {
  const ended = await lake.run('dataload');
  const summary = summaryOf(ended);
  expect(summary).toMatchObject({ job: 'dataload', outcome: 'failed', exitCode });
  expect(ended.exitCode).toBe(exitCode);
  for (const text of says) expect(summary.message).toContain(text);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  // Neither a day nor anything in staging: what failed has left nothing.
  const files = Object.keys(await contentOf(lake.lake));
  expect(files.filter((name) => !name.startsWith('events/'))).toEqual([]);
}

describe('no input ends dataload with exit code 3', () => {
  test('where the landing folder is missing, which is named', async () => {
    await expectRefusal(3, `no input in ${lake.landing}`, '.json', '--allow-empty');
  });

  test('where the landing folder is empty', async () => {
    await lake.land([]);
    await expectRefusal(3, `no input in ${lake.landing}`, '--allow-empty');
  });

  test('where it holds ignored names only, which are listed', async () => {
    const names = ['_recipes.json', '.recipes.json', 'recipes.csv', 'recipes.json.bz2', 'kafka.parquet'];
    await lake.land(names.map((name) => ({ ...good, name })));
    await expectRefusal(3, ...names, 'expected are .json, .jsonl or .ndjson');
  });
});

describe('what does not belong into the landing folder ends dataload with exit code 2', () => {
  test('a sub-folder, by name', async () => {
    await lake.land([good]);
    await mkdir(join(lake.landing, 'more'));
    await expectRefusal(2, lake.landing, 'the sub-folder more', 'move');
  });

  test.each(['recipes[1].json', 'recipes-*.json', 'what?.json', '{a,b}.json'])('the file %s, by name', async (name) => {
    await lake.land([good, { ...good, name }]);
    await expectRefusal(2, lake.landing, name, 'rename');
  });
});

describe('a file that cannot be read ends dataload with exit code 2 and its name', () => {
  test.each<InputFile>([
    { name: 'cut.json.gz', bytes: half(gzipSync(good.bytes)) },
    { name: 'cut.json.zst', bytes: half(zstdCompressSync(good.bytes)) },
    { name: 'plain.json.gz', bytes: good.bytes },
    { name: 'plain.json.zst', bytes: good.bytes },
  ])('$name', async (file) => {
    await lake.land([good, file]);
    await expectRefusal(2, join(lake.landing, file.name), 'cannot be read');
  });
});
