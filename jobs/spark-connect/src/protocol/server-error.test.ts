import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, test } from '@jest/globals';
import { type SparkError } from '../errors.ts';
import { FetchErrorDetailsResponseSchema } from '../gen/spark/connect/base_pb.js';
import { errorIdOf, toSparkError } from './server-error.ts';
import { statusDetails } from './status-details.ts';
import { RpcFailure } from './transport.ts';
import { statusTrailer } from '../../testing/scripted-failure.ts';

const context = { server: 'spark:15002', operationId: 'op-1' };
const fetched = (init: MessageInitShape<typeof FetchErrorDetailsResponseSchema>) =>
  create(FetchErrorDetailsResponseSchema, init);

describe('a failure of the server', () => {
  const metadata = {
    errorClass: 'DIVIDE_BY_ZERO',
    sqlState: '22012',
    messageParameters: '{"config":"x","n":1}',
    classes: '["a.B","java.lang.Exception"]',
    errorId: 'e-1',
  };
  const failure = new RpcFailure(13, '[DIVIDE_BY_ZERO] cut…', { metadata, reason: 'a.B' });

  test('without its details tells what its trailer says', () => {
    expect(toSparkError(failure, undefined, context)).toMatchObject({
      code: 'server',
      message: '[DIVIDE_BY_ZERO] cut…',
      errorClass: 'DIVIDE_BY_ZERO',
      sqlState: '22012',
      messageParameters: { config: 'x', n: '1' },
      classes: ['a.B', 'java.lang.Exception'],
      operationId: 'op-1',
      retryable: false,
      cause: failure,
    });
  });

  test('with its details has the whole message and the chain of causes', () => {
    const errors = [
      {
        message: 'whole message',
        causeIdx: 1,
        errorTypeHierarchy: ['a.B'],
        sparkThrowable: {
          errorClass: 'X.Y',
          sqlState: '42000',
          queryContexts: [{ contextType: 0, startIndex: 7, stopIndex: 11, fragment: '1 / 0', summary: '== SQL ==' }],
        },
        stackTrace: [
          { declaringClass: 'a.B', methodName: 'run', fileName: 'B.scala', lineNumber: 12 },
          { declaringClass: 'a.C', methodName: 'native', fileName: 'C.java', lineNumber: -2 },
          { declaringClass: 'a.D', methodName: 'unknown' },
        ],
      },
      { message: 'why', causeIdx: 0 },
    ];
    const error = toSparkError(failure, fetched({ rootErrorIdx: 0, errors }), context);
    expect(error).toMatchObject({ message: 'whole message', errorClass: 'X.Y', sqlState: '42000', classes: ['a.B'] });
    expect(error.queryContexts).toEqual([
      {
        kind: 'sql',
        objectType: '',
        objectName: '',
        startIndex: 7,
        stopIndex: 11,
        fragment: '1 / 0',
        callSite: '',
        summary: '== SQL ==',
      },
    ]);
    expect(error.serverStack).toEqual(['a.B.run(B.scala:12)', 'a.C.native(C.java)', 'a.D.unknown(Unknown Source)']);
    expect(error.cause).toMatchObject({ message: 'why', cause: failure });
  });

  test('whose details lead nowhere falls back on the trailer', () => {
    expect(toSparkError(failure, fetched({}), context).message).toBe('[DIVIDE_BY_ZERO] cut…');
    expect(toSparkError(failure, fetched({ rootErrorIdx: 3, errors: [] }), context).errorClass).toBe('DIVIDE_BY_ZERO');
  });

  test('that cannot be read in parts still comes through', () => {
    const broken = new RpcFailure(13, 'text', { metadata: { messageParameters: '{', classes: '{"a":1}' } });
    expect(toSparkError(broken, undefined, context)).toMatchObject({
      message: 'text',
      messageParameters: {},
      classes: [],
    });
  });

  test('that was an interrupt has the code of one', () => {
    const cancelled = new RpcFailure(13, '[OPERATION_CANCELED] Operation has been canceled.');
    expect(toSparkError(cancelled, undefined, context).code).toBe('interrupted');
  });

  test('knows the id of its details', () => {
    expect(errorIdOf(failure)).toBe('e-1');
    expect(errorIdOf(new RpcFailure(13, 'x'))).toBeUndefined();
  });
});

describe('a server that is not there', () => {
  test('is named, with the time it was tried for', () => {
    const error: SparkError = toSparkError(new RpcFailure(14, 'connect ECONNREFUSED'), undefined, {
      server: 'h:1',
      waitedMs: 10_040,
    });
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    expect(error.message).toBe(
      'The Spark Connect server at h:1 could not be reached within 10 s: connect ECONNREFUSED. Check that it runs, that host and port are right, and whether it wants TLS (use_ssl).',
    );
  });

  test('may have been restarted: then the session is lost', () => {
    const error = toSparkError(new RpcFailure(13, '[INVALID_HANDLE.SESSION_CHANGED] changed'), undefined, context);
    expect(error).toMatchObject({
      code: 'session-lost',
      retryable: true,
      errorClass: 'INVALID_HANDLE.SESSION_CHANGED',
    });
  });
});

describe('the status trailer', () => {
  test('gives metadata and the delay a server asks for', () => {
    const trailer = statusTrailer({
      status: 13,
      message: 'm',
      reason: 'a.B',
      metadata: { a: 'b' },
      retryDelayMs: 1_500,
    });
    expect(statusDetails(trailer)).toEqual({ reason: 'a.B', metadata: { a: 'b' }, retryDelayMs: 1_500 });
  });

  test('that is missing or broken gives nothing', () => {
    expect(statusDetails(undefined)).toEqual({});
    expect(statusDetails(new Uint8Array([255, 255, 255]))).toEqual({});
  });
});
