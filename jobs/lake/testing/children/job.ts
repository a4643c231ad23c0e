/** A job that behaves as MODE says. */
import { runJob } from '../../src/harness.ts';

const mode = process.env['MODE'];
const forever = (): Promise<never> => new Promise(() => undefined);

await runJob('dataload', async (run) => {
  run.log.info('at work');
  switch (mode) {
    case 'hang':
      return forever();
    case 'obey':
      return new Promise((_, reject) => {
        run.signal.addEventListener('abort', () => reject(new Error('the operation was interrupted')));
      });
    case 'ignore':
      return new Promise((resolve) => {
        run.signal.addEventListener('abort', () => setImmediate(() => resolve({ outcome: 'published' })));
      });
    case 'chatter':
      setInterval(() => run.log.info('still talking'), 1);
      setInterval(() => process.stderr.write('and on its own\n'), 1);
      return { outcome: 'unchanged' };
    case 'throw':
      throw new Error(`boom at ${run.config.spark.remote}`);
    case 'forget':
      void Promise.reject(new Error('nobody awaited this'));
      return forever();
    default:
      return { outcome: 'published', rows: 3 };
  }
});
