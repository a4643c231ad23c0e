/** Events that go to a server that takes them, refuses them, is silent, or is not there, and to a file. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder, writeFileIn } from 'lake/testing/temporary-folder';
import { lineageServer } from '../../testing/lineage-server.ts';
import { type Destination, destinationsOf } from './destination.ts';
import { LineageSender } from './sender.ts';

/** Never reached: no test depends on how fast a machine is. */
const LONG_MS = 60_000;

function senderTo(config: { readonly url?: string; readonly file?: string }, apiKey?: string, patienceMs = LONG_MS) {
  const warnings: string[] = [];
  const destinations = destinationsOf({ url: null, file: null, namespace: 'x', ...config }, apiKey);
  const sender = new LineageSender({ destinations, warn: (text) => warnings.push(text), patienceMs });
  return { sender, warnings };
}

describe('a server', () => {
  test('gets the events in their order, as JSON, with the key', async () => {
    using server = await lineageServer();
    const { sender, warnings } = senderTo({ url: `${server.url}/` }, 'k3y');
    sender.send(() => ({ n: 1 }));
    await sender.end(() => ({ n: 2 }), LONG_MS);
    expect(server.events).toEqual([{ n: 1 }, { n: 2 }]);
    const { authorization, 'content-type': type }: IncomingHttpHeaders = server.requests[0]!.headers;
    expect([server.requests[0]!.path, authorization, type]).toEqual([
      'POST /api/v1/lineage',
      'Bearer k3y',
      'application/json',
    ]);
    expect(warnings).toEqual([]);
  });

  test('that needs no key is sent none', async () => {
    using server = await lineageServer();
    await senderTo({ url: server.url }).sender.end(() => ({}), LONG_MS);
    expect(server.requests[0]!.headers).not.toHaveProperty('authorization');
  });

  test.each([
    [401, 'answered 401; check OPENLINEAGE_API_KEY'],
    [500, 'answered 500; check lineage.url'],
    [302, 'answered 302; check lineage.url'],
  ])('that answers %s is told once, and is not followed elsewhere', async (status, why) => {
    using elsewhere = await lineageServer();
    using server = await lineageServer((response) => response.writeHead(status, { location: elsewhere.url }).end());
    const { sender, warnings } = senderTo({ url: server.url }, 'k3y');
    sender.send(() => ({ n: 1 }));
    await sender.end(() => ({ n: 2 }), LONG_MS);
    expect(warnings).toEqual([expect.stringContaining(why)]);
    expect([server.requests.length, elsewhere.requests.length]).toEqual([2, 0]);
  });

  test('that is not there is told once', async () => {
    const { sender, warnings } = senderTo({ url: 'http://127.0.0.1:1' });
    sender.send(() => ({ n: 1 }));
    await sender.end(() => ({ n: 2 }), LONG_MS);
    expect(warnings).toEqual([expect.stringMatching(/does not answer \(.+\); check lineage.url/)]);
  });

  test('that is silent keeps the end no longer than it may, and its request is given up', async () => {
    using server = await lineageServer(() => undefined);
    const { sender, warnings } = senderTo({ url: server.url });
    sender.send(() => ({ n: 1 }));
    const [response] = await server.asked;
    const givenUp = once(response, 'close');
    await sender.end(() => ({ n: 2 }), 20);
    await givenUp;
    expect(warnings).toEqual([expect.stringContaining('not taken in time')]);
  });
});

describe('a file', () => {
  test('gets a line an event, after those that it has', async () => {
    const file = join(temporaryFolder(), 'new/lineage.jsonl');
    for (const run of ['a', 'b']) {
      const { sender } = senderTo({ file });
      sender.send(() => ({ run, n: 1 }));
      await sender.end(() => ({ run, n: 2 }), LONG_MS);
    }
    expect(readFileSync(file, 'utf8')).toBe(
      '{"run":"a","n":1}\n{"run":"a","n":2}\n{"run":"b","n":1}\n{"run":"b","n":2}\n',
    );
  });

  test('that cannot be written is named, and the server gets the events all the same', async () => {
    using server = await lineageServer();
    const folder = temporaryFolder();
    writeFileIn(folder, 'taken', 'x');
    const { sender, warnings } = senderTo({ url: server.url, file: join(folder, 'taken/lineage.jsonl') });
    await sender.end(() => ({ n: 1 }), LONG_MS);
    expect(warnings).toEqual([expect.stringMatching(/taken\/lineage\.jsonl cannot be written .*check lineage\.file/)]);
    expect(server.events).toEqual([{ n: 1 }]);
  });
});

test('an event that cannot be made costs a warning, and nothing else', async () => {
  using server = await lineageServer();
  const { sender, warnings } = senderTo({ url: server.url });
  sender.send(() => {
    throw new Error('no such day');
  });
  await sender.end(() => ({ n: 2 }), LONG_MS);
  expect(warnings).toEqual([expect.stringContaining('no such day')]);
  expect(server.events).toEqual([{ n: 2 }]);
});

test('an event that takes too long is given up for those that come later', async () => {
  const events: string[] = [];
  const warnings: string[] = [];
  /** Takes the second one at once. */
  const silentAtFirst: Destination = async (event, signal) => {
    if (events.push(event) > 1) return;
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('too slow'))));
  };
  const sender = new LineageSender({
    destinations: [silentAtFirst],
    warn: (text) => warnings.push(text),
    patienceMs: 1,
  });
  sender.send(() => 1);
  await sender.end(() => 2, LONG_MS);
  expect(events).toEqual(['1', '2']);
  expect(warnings).toEqual([expect.stringContaining('too slow')]);
});
