import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder, writeFileIn } from '../testing/temporary-folder.ts';
import { codeFingerprint, fingerprint } from './fingerprint.ts';

describe('the fingerprint of a value', () => {
  test('does not depend on the order of keys, at any depth', () => {
    expect(fingerprint({ a: 1, b: { c: 2, d: [3] } })).toBe(fingerprint({ b: { d: [3], c: 2 }, a: 1 }));
  });

  test.each([
    [{ a: 1 }, { a: 2 }],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: null }, {}],
    ['1', 1],
  ])('tells %j from %j', (one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });

  test('is a SHA-256 in hex', () => {
    expect(fingerprint('x')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the fingerprint of code', () => {
  function makeJobs(): { jobs: string; print: () => string } {
    const jobs = temporaryFolder();
    const main = writeFileIn(jobs, 'dataload/src/main.ts', 'one');
    writeFileIn(jobs, 'lake/src/day.ts', 'two');
    mkdirSync(join(jobs, 'scripts'));
    return { jobs, print: () => codeFingerprint(pathToFileURL(main).href) };
  }

  test('changes with a source of any package', () => {
    const { jobs, print } = makeJobs();
    const before = print();
    writeFileIn(jobs, 'lake/src/day.ts', 'three');
    expect(print()).not.toBe(before);
  });

  test.each(['lake/src/day.test.ts', 'lake/testing/x.ts', 'lake/src/gen/x.ts', 'lake/README.md'])(
    'does not change with %s',
    (file) => {
      const { jobs, print } = makeJobs();
      const before = print();
      writeFileIn(jobs, file, 'more');
      expect(print()).toBe(before);
    },
  );

  test('of a bundle is that of its file', () => {
    const bundle = writeFileIn(temporaryFolder(), 'dataload.mjs', 'code');
    const print = (): string => codeFingerprint(pathToFileURL(bundle).href);
    const before = print();
    writeFileIn(join(bundle, '..'), 'other.mjs', 'code');
    expect(print()).toBe(before);
    writeFileIn(join(bundle, '..'), 'dataload.mjs', 'changed');
    expect(print()).not.toBe(before);
  });
});
