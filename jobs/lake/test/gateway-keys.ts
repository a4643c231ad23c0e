/** The keys of a server in the environment, where the SDK's own chain looks for them, for the tests of one file. */
import { afterAll, beforeAll } from '@jest/globals';
import type { Versitygw } from '../testing/versitygw.ts';

const NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** What the environment held before comes back at the end, and the server may stop then. */
export function useKeysOf(gateway: Versitygw): void {
  const before = NAMES.map((name) => process.env[name]);
  beforeAll(() => {
    setKeys([gateway.accessKeyId, gateway.secretAccessKey]);
  });
  afterAll(async () => {
    setKeys(before);
    await gateway.stop();
  });
}

function setKeys(values: readonly (string | undefined)[]): void {
  for (const [index, name] of NAMES.entries()) {
    const value = values[index];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
