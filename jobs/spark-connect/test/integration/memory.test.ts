/** Streaming takes memory for a few batches, however many there are. */
import { expect, test } from '@jest/globals';
import { sized } from '../../testing/size.ts';
import { MAX_GROWTH, MAX_LARGE_MB, streamedPeaks } from '../../testing/streamed-peaks.ts';

const ROWS = sized(2_500_000, 10_000_000);
const TEST_MS = sized(120_000, 600_000);

test(
  `${ROWS} streamed rows take as much memory as a fifth of them, and less than ${MAX_LARGE_MB} MB`,
  async () => {
    const { largeMb, growth } = await streamedPeaks(process.env['TEST_SPARK_REMOTE'] ?? '', ROWS / 5, ROWS);
    expect(largeMb).toBeLessThan(MAX_LARGE_MB);
    expect(growth).toBeLessThan(MAX_GROWTH);
  },
  TEST_MS,
);
