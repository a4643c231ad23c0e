/** Runs beside each other on S3, with real Spark: faults of every kind, readers of a day that changes, many runs of one day. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { S3_FAULTS, type S3Fault, type S3Proxy, type S3Request, startS3Proxy } from 'lake/testing/s3-proxy';
import type { Summary } from 'runtime';
import { sized } from 'spark-connect/testing/size';
import { layout } from '../../lakes/layout.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { ROWS, type S3Day, s3Day } from '../../lakes/s3-day.ts';
import { type S3Lake, s3Lake } from '../../lakes/s3-lake.ts';
import { smallDay } from '../../events/small-day.ts';

const DAY = parseLogicalDate(DATE);
const REPUBLISHES = sized(2, 20);
const RUNS = sized(5, 16);
const ROUNDS = sized(1, 3);
/** Every fault of this request is tried without Spark too, by the tests of the store. */
const FAULTS = sized<readonly S3Fault[]>(['cut-after'], S3_FAULTS);
const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-s3-together-'));
let s3: S3Lake;
let day: S3Day;
let disturbed: S3Day;
let proxy: S3Proxy;

beforeAll(async () => {
  s3 = await s3Lake();
  day = await s3Day(s3);
  proxy = await startS3Proxy(s3.gateway.endpoint);
  disturbed = await s3Day(s3, proxy.endpoint);
});
afterAll(async () => {
  await disturbed?.[Symbol.asyncDispose]();
  await day?.[Symbol.asyncDispose]();
  await proxy?.close();
  await s3?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const text = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);
const isComplete = ({ method, query, path }: S3Request): boolean =>
  method === 'POST' && query.includes('uploadId=') && path.includes('/recipes/');
/** Whether the answer, and not the request, was lost. */
const ACTS: ReadonlySet<S3Fault> = new Set(['cut-after']);

test.each(FAULTS)('a Complete that fails by %s leaves a whole day, and the next run makes all good', async (fault) => {
  await day.land(`before ${fault}`);
  expect(await day.dataload()).toMatchObject({ exitCode: 0 });
  await day.land(fault);
  proxy.reset();
  proxy.failWhen(isComplete, fault);
  const { exitCode } = await disturbed.dataload();
  expect(exitCode).toBe(ACTS.has(fault) ? 0 : 6);
  expect(await day.stands()).toBe(ACTS.has(fault) ? fault : `before ${fault}`);
  expect(proxy.requests.filter(isComplete)).toHaveLength(1);
  expect(await day.dataload()).toMatchObject({ exitCode: 0 });
  expect({ stands: await day.stands(), faults: await day.faults() }).toEqual({ stands: fault, faults: [] });
});

test(`prepare while dataload republishes the day, ${REPUBLISHES} times: the report is wholly of one version, and its manifest says which`, async () => {
  const sizes = { small: ROWS, large: 3 * ROWS } as const;
  const owed = new Map<string, string>();
  for (const [version, rows] of Object.entries(sizes)) {
    await day.land(version, rows);
    expect(await day.dataload()).toMatchObject({ exitCode: 0 });
    expect(await day.prepare()).toMatchObject({ exitCode: 0 });
    owed.set(await publishedHash(), text(await s3.output.get(layout.report('beef_cooking_time', DAY))));
  }
  expect(new Set(owed.values()).size).toBe(2);
  for (let round = 0; round < REPUBLISHES; round++) {
    const version = round % 2 === 0 ? 'small' : 'large';
    await day.land(version, sizes[version]);
    const [loaded, prepared] = await Promise.all([day.dataload(), day.prepare()]);
    expect(loaded.exitCode).toBe(0);
    expect([0, 6]).toContain(prepared.exitCode);
    const manifest = JSON.parse(text(await s3.lake.get(layout.currentManifest('prepare', DAY)))) as {
      input: { sha256: string };
    };
    expect(text(await s3.output.get(layout.report('beef_cooking_time', DAY)))).toBe(owed.get(manifest.input.sha256));
  }
});

async function publishedHash(): Promise<string> {
  return (await s3.lake.head(layout.tableObject(DAY)))?.sha256 ?? '';
}

test(`rounds of ${RUNS} runs of one day at once: some publish, the others are overtaken, and the day is whole`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const runs = Array.from({ length: RUNS }, (_, index): Promise<Summary> => {
      const input = join(folder, `${round}-${index}`);
      mkdirSync(input);
      writeFileSync(join(input, 'recipes.json'), smallDay(`${round}-${index}`).bytes);
      return day.dataload(input);
    });
    const codes = (await Promise.all(runs)).map(({ exitCode }) => exitCode);
    expect(codes.filter((code) => code !== 0 && code !== 5)).toEqual([]);
    expect(codes).toContain(0);
    expect(await day.stands()).toMatch(new RegExp(`^${round}-\\d+$`));
    expect(await day.faults()).toEqual([]);
  }
});
