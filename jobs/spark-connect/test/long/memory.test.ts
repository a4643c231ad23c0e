/** Streaming takes memory for a few batches, however many there are. */
import { expect, test } from '@jest/globals';
import { MAX_GROWTH, streamedPeaks } from '../../testing/streamed-peaks.ts';

const TEST_MS = 600_000;

test(
  '10,000,000 streamed rows take as much memory as 1,000,000, and less than 350 MB',
  async () => {
    const { largeMb, growth } = await streamedPeaks(process.env['TEST_SPARK_REMOTE'] ?? '', 1_000_000, 10_000_000);
    expect(largeMb).toBeLessThan(350);
    expect(growth).toBeLessThan(MAX_GROWTH);
  },
  TEST_MS,
);
