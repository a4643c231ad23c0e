import { expect, jest, test } from '@jest/globals';
import { openLog } from './log.ts';

const LOGGING = { format: 'text', level: 'info', progressSeconds: 10 } as const;

test.each([
  ['text', 'a name \\u001b[2J\n         12:00:00 forged\n'],
  ['json', expect.stringContaining('a name \\u001b[2J\\n12:00:00 forged')],
] as const)('a message in %s moves no cursor and begins no line of its own', async (format, owed) => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const log = openLog({ ...LOGGING, format });
    log.info('a name \u001B[2J\n12:00:00 forged');
    await log.close();
    expect(written.mock.calls.map(([line]) => String(line).slice(format === 'text' ? 9 : 0))).toEqual([owed]);
  } finally {
    written.mockRestore();
  }
});

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
