import { describe, expect, test } from '@jest/globals';
import { eventOf, MAX_BYTES, sizeOf } from './event.ts';

const IDENTITY = { job: 'prepare', logicalDate: '2019-11-29', runId: 'mine.try001' } as const;
const messageOf = (text: string) => eventOf({ level: 'info', message: text }, IDENTITY, 'prod', 7);

test('a line becomes an event that says of which run it is', () => {
  const { timestamp, message } = messageOf('at \u202E work\n');
  expect(timestamp).toBe(7);
  expect(message).not.toContain('\u202E');
  expect(JSON.parse(message)).toEqual({
    level: 'info',
    message: 'at \u202E work\n',
    environment: 'prod',
    job: 'prepare',
    date: '2019-11-29',
    run: 'mine.try001',
  });
});

describe('a line that is too long', () => {
  const frame = sizeOf(messageOf(''));

  test('is cut at the limit of the service, which counts bytes, and says so', () => {
    const fits = 'x'.repeat(MAX_BYTES - frame);
    expect(sizeOf(messageOf(fits))).toBe(MAX_BYTES);
    expect(messageOf(fits).message).not.toContain('cut:');
    const cut = messageOf(`${fits}x`);
    expect(sizeOf(cut)).toBe(MAX_BYTES);
    expect(JSON.parse(cut.message).message).toMatch(new RegExp(`^x+ … cut: ${fits.length + 1} characters$`));
  });

  test.each([
    ['of several bytes', 'ä€'],
    ['of two halves', '😀'],
    ['that JSON escapes', '"\n\u202E'],
  ])('of characters %s stays JSON, without half of one', (_, characters) => {
    const cut = messageOf(characters.repeat(300_000));
    expect(sizeOf(cut)).toBeLessThanOrEqual(MAX_BYTES);
    expect(sizeOf(cut)).toBeGreaterThan(MAX_BYTES - 20);
    const { message } = JSON.parse(cut.message) as { message: string };
    const kept = message.slice(0, message.indexOf(' … cut: '));
    expect(characters.repeat(300_000).startsWith(kept)).toBe(true);
    expect(kept.isWellFormed()).toBe(true);
  });
});
