import { expect, test } from '@jest/globals';
import { functions as F } from '../index.ts';
import { planSession } from '../../testing/plan-session.ts';
import { nesting, requestFault } from './request-fault.ts';
import { toSparkError } from './server-error.ts';
import { RpcFailure } from './transport.ts';

const plus = (times: number) => {
  let column = F.col('id');
  for (let time = 0; time < times; time++) column = column.plus(1);
  return planSession().range(1).select(column).toPlan();
};

test.each([
  [
    13,
    'Request message serialization failure: cannot encode field a.B.c: invalid int32: 1.5',
    'cannot be sent: cannot enc',
  ],
  [13, 'Request message serialization failure: Maximum call stack size exceeded', 'nests 40005 levels deep'],
  [
    8,
    'Attempted to send message with a size larger than 100',
    'larger than 100 bytes, the most that this client sends',
  ],
  [8, 'gRPC message exceeds maximum size 100: 101', 'larger than 100 bytes, the most that the server takes'],
  [8, 'Received message larger than max (101 vs 100)', 'An answer of 101 bytes came'],
  [2, '', 'nests 40005 levels deep'],
  [2, 'Application error processing RPC', 'nests 40005 levels deep'],
])('a failure of status %i, "%s", is one of ours', (status, message, words) => {
  const error = toSparkError(new RpcFailure(status, message), undefined, { server: 's:1', request: plus(20_000) });
  expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(words), retryable: false });
});

test('a plan that is not deep is not to blame for a server without words', () => {
  const context = { server: 's:1', request: plus(3) };
  const error = toSparkError(new RpcFailure(2, ''), undefined, context);
  expect(error).toMatchObject({ code: 'server', message: expect.stringContaining('s:1 failed without a message') });
  expect(requestFault(new RpcFailure(13, 'anything else'), context.request)).toBeUndefined();
});

test('what is used many times is counted once', () => {
  let frame = planSession().range(1);
  for (let time = 0; time < 60; time++) frame = frame.union(frame);
  expect(nesting(frame.toPlan())).toBe(2 * 60 + 3);
});
