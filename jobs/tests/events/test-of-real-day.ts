/** The one test that may be skipped: that of the real day, which lies beside the repository. */
import { test } from '@jest/globals';
import { realDayFile } from './real-day.ts';

/** Runs the test with the file of real events; where it is absent, says so and skips. */
export function testOfRealDay(name: string, body: (file: string) => Promise<void>, timeoutMs: number): void {
  const file = realDayFile();
  if (file !== undefined) {
    test(name, () => body(file), timeoutMs);
    return;
  }
  process.stderr.write('skipped: the real day is not there; RECIPE_ETL_REAL_DAY names its file\n');
  test.skip(name, () => undefined);
}
