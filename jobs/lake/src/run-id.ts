/** Names of runs: unique, fit for a file name; those given from outside do not sort by time. */
import { LakeError } from './failure.ts';

const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._+:-]{0,119}$/;

/** `20191130T000102345Z-1f2e3d4c5b6a` @param randomHex twelve digits */
export function newRunId(now: Date, randomHex: string): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomHex}`;
}

/**
 * A run id given from outside, made unique by the number of the try.
 *
 * @throws LakeError usage for what cannot be a file name; `:` and `+`, which Airflow's run ids hold, become `-`
 */
export function givenRunId(text: string, tryNumber: number): string {
  if (!RUN_ID.test(text) || text.endsWith('.rejected')) {
    throw new LakeError(
      'usage',
      `--run-id ${JSON.stringify(text)} must be 1 to 120 letters, digits or . _ - : +, the first a letter or digit`,
    );
  }
  return `${text.replaceAll(/[:+]/g, '-')}.try${String(tryNumber).padStart(3, '0')}`;
}
