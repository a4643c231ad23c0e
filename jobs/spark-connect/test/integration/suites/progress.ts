import { expect, test } from '@jest/globals';
import { functions as F, logProgress, type Progress, SparkSession, terminalProgress } from '../../../src/index.ts';
import type { Live } from './live.ts';

const CLEAR = '\r\u001B[K';
/** Eight tasks of half a second each, which leave the cores alone. */
const slow = (spark: SparkSession) =>
  spark.range(0, 40, 1, 8).select(F.expr("reflect('java.lang.Thread', 'sleep', 100L)").as('slept'));

export function progressSuite({ remote }: Live): void {
  const connect = (onProgress: (progress: Progress) => void) =>
    SparkSession.connect({ remote: remote(), conf: { 'spark.connect.progress.reportInterval': '100ms' }, onProgress });

  test('a terminal shows one line that is rewritten, and gone in the end', async () => {
    const written: string[] = [];
    using onProgress = terminalProgress({ isTTY: true, columns: 100, write: (text) => written.push(text) });
    await using spark = await connect(onProgress);
    expect(await slow(spark).collect()).toHaveLength(40);
    onProgress.stop();
    const lines = written.filter((text) => text !== CLEAR).map((text) => text.replace(CLEAR, ''));
    expect(lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^\d+%, \d of 8 tasks, \d of 1 stages, \d+ s$/)]),
    );
    expect(written.at(-1)).toBe(CLEAR);
  });

  test('a log gets lines of the operation while it runs', async () => {
    const reports: Progress[] = [];
    const lines: string[] = [];
    const log = logProgress((line) => void lines.push(line), { everyMs: 300 });
    await using spark = await connect((progress) => {
      reports.push(progress);
      log(progress);
    });
    await slow(spark).coalesce(1).collect();
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) expect(line).toContain(`Operation ${reports[0]?.operationId} is running: `);
  });

  test('a server reports an operation of one long task again and again, though nothing of it changes', async () => {
    const reports: Progress[] = [];
    await using spark = await connect((progress) => void reports.push(progress));
    await slow(spark).coalesce(1).collect();
    const unchanged = reports.filter((it) => it.tasks === 1 && it.completedTasks === 0 && it.runningTasks === 1);
    expect(unchanged.length).toBeGreaterThanOrEqual(5);
  });
}
