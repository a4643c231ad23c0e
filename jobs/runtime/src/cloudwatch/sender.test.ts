import { describe, expect, test } from '@jest/globals';
import type { LogEvent } from './event.ts';
import { backOffMs, EventSender, type LogService, type SenderOptions } from './sender.ts';

const LONG_MS = 60_000;
const at = (timestamp: number, message = 'x'): LogEvent => ({ timestamp, message });
const busy = (): Error => Object.assign(new Error('no'), { name: 'ThrottlingException' });
const denied = (): Error => Object.assign(new Error('no'), { name: 'AccessDeniedException' });

function setting(service: Partial<LogService> = {}, options: Partial<SenderOptions> = {}) {
  const calls: string[] = [];
  const sent: LogEvent[] = [];
  const warnings: string[] = [];
  const own: LogService = {
    open: async () => void calls.push('open'),
    put: async (events) => {
      calls.push('put');
      sent.push(...events);
      return true;
    },
    close: () => void calls.push('close'),
    ...service,
  };
  const warn = (text: string): void => void warnings.push(text);
  const sender = new EventSender({ service: async () => own, warn, gatherMs: 0, random: () => 0, ...options });
  return { sender, calls, sent, warnings };
}

describe('a sender', () => {
  test('opens the stream once, and sends what it is given in its order', async () => {
    const { sender, calls, sent, warnings } = setting();
    sender.add(at(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    sender.add(at(2));
    await sender.end(LONG_MS);
    expect(sent).toEqual([at(1), at(2)]);
    expect(calls).toEqual(['open', 'put', 'put', 'close']);
    expect(warnings).toEqual([]);
  });

  test('that has nothing to send loads no client, and ends at once', async () => {
    const { sender, calls } = setting();
    await sender.end(LONG_MS);
    expect(calls).toEqual([]);
  });

  test('gathers events into one request, and does not let the end wait for that', async () => {
    const { sender, calls, sent } = setting({}, { gatherMs: LONG_MS });
    for (const time of [1, 2, 3]) sender.add(at(time));
    await sender.end(LONG_MS);
    expect([calls, sent.length]).toEqual([['open', 'put', 'close'], 3]);
  });

  test('tries again while the service is busy, and tells nobody', async () => {
    let tries = 0;
    const sent: number[] = [];
    const put = async (events: LogEvent[]): Promise<boolean> => {
      if (++tries < 4) throw busy();
      sent.push(...events.map(({ timestamp }) => timestamp));
      return true;
    };
    const { sender, calls, warnings } = setting({ put });
    for (const time of [1, 2]) sender.add(at(time));
    await sender.end(LONG_MS);
    expect(sent).toEqual([1, 2]);
    expect(calls).toEqual(['open', 'close']);
    expect(warnings).toEqual([]);
  });
});

describe('what cannot be sent is told once', () => {
  test('where the service refuses for good: it is not asked again', async () => {
    let asked = 0;
    const open = async (): Promise<void> => {
      asked++;
      throw denied();
    };
    const { sender, warnings } = setting({ open });
    for (const time of [1, 2, 3]) {
      sender.add(at(time));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await sender.end(LONG_MS);
    expect(asked).toBe(1);
    expect(warnings).toEqual([expect.stringContaining('grant logs:CreateLogGroup')]);
  });

  test('where the client cannot even be loaded', async () => {
    const { sender, warnings } = setting({}, { service: () => Promise.reject(new Error('no such file')) });
    sender.add(at(1));
    await sender.end(LONG_MS);
    expect(warnings.length).toBe(1);
  });

  test('where the time of the end is over, with what failed last', async () => {
    const put = async (): Promise<boolean> => {
      throw busy();
    };
    const { sender, warnings } = setting({ put });
    sender.add(at(1));
    await sender.end(50);
    sender.add(at(2));
    expect(warnings).toEqual([expect.stringContaining('its end was not sent in time: it refused too many requests')]);
  });

  test('where the service never answers, whose request is then given up', async () => {
    let aborted = false;
    const open = (signal: AbortSignal): Promise<void> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(new Error('aborted'));
        });
      });
    const { sender, warnings } = setting({ open });
    sender.add(at(1));
    await sender.end(20);
    expect([aborted, warnings.length]).toEqual([true, 1]);
  });

  test('where there is more than memory is meant for: the oldest are left out', async () => {
    const sizes = { maxQueueBytes: 10 * 27, gatherMs: LONG_MS };
    const { sender, sent, warnings } = setting({}, sizes);
    for (let time = 0; time < 1_000; time++) sender.add(at(time));
    await sender.end(LONG_MS);
    expect(sent.map(({ timestamp }) => timestamp)).toEqual(Array.from({ length: 10 }, (_, index) => 990 + index));
    expect(warnings).toEqual([expect.stringContaining('parts of it are left out')]);
  });

  test('where the service left some out, and the others go on', async () => {
    const sizes: number[] = [];
    const put = async (events: LogEvent[]): Promise<boolean> => sizes.push(events.length) > 1;
    const { sender, warnings } = setting({ put });
    sender.add(at(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    sender.add(at(2));
    await sender.end(LONG_MS);
    expect(sizes).toEqual([1, 1]);
    expect(warnings).toEqual([expect.stringContaining('check the clock')]);
  });
});

test('a failed try is followed by a longer wait, up to a limit, never at the same time as others', () => {
  expect([1, 2, 3, 30].map((failed) => backOffMs(failed, 1))).toEqual([200, 400, 800, 20_000]);
  expect(backOffMs(1, 0)).toBe(100);
});
