/** Whatever the server never answers, each call ends. The deadlines are those of the client, shortened. */
import { afterEach, expect, test } from '@jest/globals';
import { grpcTransport } from '../../src/protocol/grpc-transport.ts';
import type { SparkErrorCode, SparkSession } from '../../src/index.ts';
import type { SparkClient } from '../../src/protocol/client.ts';
import { streamRpcs, unaryRpcs } from '../../src/protocol/rpc.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';
import { withShortDeadlines } from '../../testing/short-deadlines.ts';
import { type LinkSession, linkSession } from '../../testing/link-session.ts';

const UNARY_MS = 300;
const STREAM_MS = 300;
const GENEROUS_MS = 60_000;
const hang = [{ hang: true }] as const;
const version = { answer: { result: { case: 'sparkVersion' as const, value: { version: '4.2.0' } } } };
const failing = { fail: { status: 13, message: 'cut…', metadata: { errorId: 'e-1' } } };

let server: ScriptedServer;
let link: LinkSession;

const error = (code: SparkErrorCode, words: string): unknown =>
  expect.objectContaining({ name: 'SparkError', code, message: expect.stringContaining(words) });
const noAnswer = error('unreachable', 'Deadline exceeded');

interface Case {
  readonly script: Script;
  readonly act: (session: SparkSession, client: SparkClient) => Promise<unknown>;
  /** What the call fails with; undefined where it succeeds all the same. */
  readonly failure: unknown;
  readonly streamMs?: number;
}

const cases: { readonly [N in keyof typeof unaryRpcs | keyof typeof streamRpcs]: Case } = {
  analyzePlan: {
    script: { analyzePlan: [version, ...hang] },
    act: (session) => session.table('t').schema(),
    failure: noAnswer,
  },
  config: { script: { config: hang }, act: (session) => session.conf.get('a'), failure: noAnswer },
  artifactStatus: {
    script: { artifactStatus: hang },
    act: (session) => session.artifactStatuses('cache/a'),
    failure: noAnswer,
  },
  cloneSession: { script: { cloneSession: hang }, act: (session) => session.cloneSession(), failure: noAnswer },
  interrupt: { script: { interrupt: hang }, act: (session) => session.interruptAll(), failure: noAnswer },
  releaseExecute: {
    script: { releaseExecute: hang },
    act: async (session, client) => {
      await session.table('t').collect();
      await client.settle(GENEROUS_MS);
    },
    failure: undefined,
  },
  releaseSession: { script: { releaseSession: hang }, act: (session) => session.release(), failure: undefined },
  fetchErrorDetails: {
    script: { executePlan: [[failing]], fetchErrorDetails: hang },
    act: (session) => session.table('t').collect(),
    failure: error('server', 'cut…'),
  },
  // A query may take any time, as long as the server lets streams be attached.
  executePlan: {
    script: { executePlan: [hang], reattachExecute: [[{ fail: { status: 13, message: 'not that' } }]] },
    act: (session) => session.table('t').collect(),
    failure: error('server', 'not that'),
  },
  reattachExecute: {
    script: { executePlan: [[]], reattachExecute: [hang] },
    act: (session) => session.table('t').collect(),
    failure: error('protocol', 'never completes'),
    // A thousand of them.
    streamMs: 5,
  },
};

afterEach(async () => {
  await link?.[Symbol.asyncDispose]();
  await server?.close();
});

test.each(Object.entries(cases))(
  '%s without an answer ends',
  async (name, { script, act, failure, streamMs = STREAM_MS }) => {
    server = await startScriptedServer(script);
    // The first call of a process may take longer than any that follows.
    const deadlines = { unaryMs: GENEROUS_MS, streamMs };
    link = await linkSession({
      remote: server.remote,
      transport: (address) => withShortDeadlines(grpcTransport(address), deadlines),
    });
    deadlines.unaryMs = UNARY_MS;
    const startedMs = performance.now();
    const outcome = await act(link.session, link.client).catch((error: unknown) => error);
    expect(performance.now() - startedMs).toBeLessThan(GENEROUS_MS);
    expect(outcome).toEqual(failure);
    expect(server.calls()).toContain(name);
  },
  2 * GENEROUS_MS,
);
