import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { nodeProblem } from './node-version.mjs';

const MAC = { platform: 'darwin', arch: 'arm64' };

test('an old Node of the system does where npm has brought its own', () => {
  expect(nodeProblem(true, '20.11.0', MAC)).toBeUndefined();
});

test('Node 24 and newer do anywhere', () => {
  expect(nodeProblem(false, '24.0.0', MAC)).toBeUndefined();
  expect(nodeProblem(false, '26.1.0', MAC)).toBeUndefined();
});

test('an older one is refused where npm brings none, with the system and the version that is needed', () => {
  expect(nodeProblem(false, '22.9.0', MAC)).toBe(
    'this is Node 22.9.0, and npm brings none along for darwin arm64: install Node 24 or newer (nodejs.org) and run the command again',
  );
});

test('in no script does anything follow the set-up: the shell still knows the Node of the machine', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8');
  const { scripts } = JSON.parse(page) as { readonly scripts: Readonly<Record<string, string>> };
  const setUps = Object.entries(scripts).filter(([, script]) => script.includes('setup.mjs'));
  expect(setUps.length).toBeGreaterThan(5);
  expect(setUps.filter(([, script]) => script.includes('&&'))).toEqual([]);
});
