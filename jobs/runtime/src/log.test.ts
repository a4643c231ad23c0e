import { expect, jest, test } from '@jest/globals';
import { openLog } from './log.ts';

const LOGGING = { format: 'text', level: 'info', progressSeconds: 10 } as const;

test('what is logged after the end is dropped', async () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const log = openLog(LOGGING, ['hush-hush']);
    log.info('before hush-hush');
    await log.close();
    log.error('after');
    await new Promise((resolve) => setImmediate(resolve));
    expect(written.mock.calls.map(([line]) => String(line).slice(9))).toEqual([
      expect.stringMatching(/^before [^h]*\n$/),
    ]);
  } finally {
    written.mockRestore();
  }
});
