/** A job that behaves as MODE says, once the file UNTIL is there. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runJob } from '../../src/job-process.ts';

const mode = process.env['MODE'] ?? '';
const forever = (): Promise<never> => new Promise(() => undefined);

const untilStopped = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
};

await runJob('dataload', async (run) => {
  run.log.info('at work');
  while (!existsSync(process.env['UNTIL'] ?? '.')) await sleep(10);
  switch (mode) {
    case 'hang':
      return forever();
    case 'obey':
      await untilStopped(run.signal);
      throw new Error('the operation was interrupted');
    case 'ignore':
      await untilStopped(run.signal);
      return { outcome: 'published' };
    case 'chatter':
      setInterval(() => run.log.info('still talking'), 1);
      setInterval(() => process.stderr.write('and on its own\n'), 1);
      return { outcome: 'unchanged' };
    case 'throw':
      throw new Error(`boom at ${run.config.spark.remote}`);
    case 'shout':
      run.log.info('x'.repeat(1_500_000));
      return { outcome: 'published', counts: { read: 3 } };
    case 'use':
      run.used({ use: 'read', dataset: 'kafka://broker:9092/recipe_changes', rows: 3 });
      run.used({ use: 'written', dataset: '/lake/things', part: '/lake/things/day', rows: 3 });
      return { outcome: 'published' };
    case 'forget':
      void Promise.reject(new Error('nobody awaited this'));
      return forever();
    default:
      return { outcome: 'published', rows: 3 };
  }
});
