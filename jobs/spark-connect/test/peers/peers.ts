import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { go } from './go.ts';
import { javascript } from './javascript.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { swift } from './swift.ts';
import type { Live } from '../integration/suites/live.ts';

const peers = [go, swift, rust, ruby, javascript];

export function peersSuite({ spark }: Live): void {
  describe.each(peers)('$name', ({ cases }) => {
    test.each(cases)('$about', async ({ does, gives }) => {
      expect(await does(spark())).toEqual(gives);
    });
  });

  test('the README says how many of them run', () => {
    const page = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8').replaceAll(/ +/g, ' ');
    for (const { name, cases, lacking } of peers)
      expect(page).toContain(`| ${name} | ${cases.length} of ${cases.length + lacking.length} |`);
  });
}
