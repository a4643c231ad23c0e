import { expect } from '@jest/globals';
import type { Ended, Started } from 'spark-connect/testing/started-process';

/** Stops a job that hangs, and expects what is promised whoever else is told of it: 143 within 4 s, the summary last. */
export async function stopHanging(job: Started): Promise<Ended> {
  await job.says('at work');
  const startedAt = performance.now();
  job.kill('SIGTERM');
  const ended = await job.ended;
  expect(ended.exitCode).toBe(143);
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(ended.streams.at(-1)).toBe('stdout');
  return ended;
}
