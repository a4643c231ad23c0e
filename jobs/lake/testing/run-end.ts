/** How a run ended, in one word. */
import { LakeError } from '../src/failure.ts';

/** @returns the outcome, the code of the failure, or what else was thrown */
export async function endOf(run: Promise<{ readonly outcome: string }>): Promise<string> {
  return run.then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof LakeError ? error.code : String(error)),
  );
}
