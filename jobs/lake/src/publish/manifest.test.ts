import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { bytes, unpublishedManifest, publishDay, textOf } from '../../testing/publish-day.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { localStore } from '../stores/local/store.ts';
import { formatManifest, MANIFEST_VERSION, parseManifest } from './manifest.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../schema/manifest.schema.json'), 'utf8'),
) as Record<string, unknown>;
const hash = 'b'.repeat(64);
const manifest = {
  manifestVersion: MANIFEST_VERSION,
  ...unpublishedManifest('run-1'),
  staged: { key: '_staging/k', sizeBytes: 3, sha256: hash, rows: 1 },
  quarantine: null,
  replaces: null,
};

test('a manifest is read back as it was written, and ends in a newline', () => {
  const content = formatManifest(manifest);
  expect(parseManifest(content)).toStrictEqual({ manifest });
  expect(textOf(content)).toMatch(/^\{\n {2}"manifestVersion": 1,.*\}\n$/s);
});

test.each([
  ['{', 'is not JSON'],
  ['{"manifestVersion":2}', 'has manifestVersion 2, this version reads 1'],
  ['{}', 'has manifestVersion none'],
  ['{"manifestVersion":1}', 'lacks runId'],
])('%s is none, and why is told', (text, why) => {
  expect(parseManifest(bytes(text))).toStrictEqual({ why: expect.stringContaining(why) });
});

describe('schema/manifest.schema.json', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  const validate = ajv.compile(schema);
  const errorsOf = (value: unknown): string[] =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);

  const prepare = {
    ...manifest,
    job: 'prepare',
    input: { key: 'recipes/x', etag: 'e', sha256: hash, runId: null, rows: 109 },
    counts: { recipes: 109, beef: 31, unknownTotal: 2, easy: 3, medium: 10, hard: 16 },
  };
  const chicken = { ...prepare, job: 'chicken_cooking_time', counts: { chicken: 3, unknownTotal: 1, quick: 2 } };
  const partitions = [{ partition: 0, start: 3, end: 12 }];
  const fromKafka = {
    ...manifest,
    input: {
      source: 'kafka',
      topic: 't',
      partitions,
      landing: { key: 'events/x/kafka.parquet', sha256: hash, runId: 'r', rows: 9 },
    },
  };
  const landing = {
    ...manifest,
    job: 'landing',
    input: { source: 'kafka', topic: 't', partitions, fromMs: 0, untilMs: 86_400_000 },
    counts: { records: 12, landed: 9, tombstones: 1 },
    quarantine: null,
  };
  const rejected = { ...manifest, findings: [{ severity: 'error', code: 'shrinkage', message: 'm' }] };

  test.each<[string, unknown]>([
    ['of dataload', manifest],
    ['of dataload from Kafka', fromKafka],
    ['of a landing', landing],
    ['of a rejected run', rejected],
    ['of prepare', prepare],
    ['of another report', chicken],
  ])('describes a manifest %s', (_, value) => {
    expect(errorsOf(value)).toStrictEqual([]);
  });

  test('describes what a publish writes', async () => {
    const store = localStore(temporaryFolder());
    const { manifestKey } = await publishDay(store, 'run-1', 'one');
    expect(errorsOf(JSON.parse(String(textOf(await store.get(manifestKey)))))).toStrictEqual([]);
  });

  test.each<[string, unknown]>([
    ['another version', { ...manifest, manifestVersion: 2 }],
    ['an unknown key', { ...manifest, more: 1 }],
    ['a missing key', { ...manifest, staged: undefined }],
    ['a hash that is none', { ...manifest, replaces: 'x' }],
    ['a count below 0', { ...manifest, counts: { ...(manifest.counts as object), read: -1 } }],
    ["the other job's input", { ...prepare, input: manifest.input }],
    ['a count that is no number', { ...chicken, counts: { ...chicken.counts, quick: '2' } }],
    ['a report without the unknown totals', { ...chicken, counts: { recipes: 4, chicken: 3, quick: 2 } }],
    ['a job that is not a folder', { ...chicken, job: '../x' }],
    ['a quarantine of prepare', { ...prepare, quarantine: { key: 'q', rows: 1, sha256: hash } }],
  ])('refuses %s', (_, value) => {
    expect(errorsOf(JSON.parse(JSON.stringify(value)))).not.toStrictEqual([]);
  });

  test('describes every field', () => {
    const bare: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (node === null || typeof node !== 'object') return;
      const { properties = {} } = node as { properties?: Readonly<Record<string, { description?: string }>> };
      for (const [name, field] of Object.entries(properties)) {
        // What a condition looks at was described above it.
        const isKnown = path.endsWith('/if') || (path.endsWith('/then') && name === 'quarantine');
        if (!isKnown && !field.description) bare.push(`${path}/${name}`);
      }
      for (const [key, child] of Object.entries(node)) walk(child, `${path}/${key}`);
    };
    walk(schema, '');
    expect(bare).toStrictEqual([]);
  });
});
