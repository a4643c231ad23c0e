import { expect, test } from '@jest/globals';
import { readTaskLog } from './task-log.ts';

test('tasks begin once and end in one of several ways', () => {
  const text = [
    '1000 INFO Executor: Running task 0.0 in stage 1.0 (TID 1)',
    '1001 INFO Executor: Running task 1.0 in stage 1.0 (TID 2)',
    '1001 INFO Executor: Running task 2.0 in stage 1.0 (TID 3)',
    '1005 WARN Other: Finished nothing',
    '1010 INFO Executor: Finished task 0.0 in stage 1.0 (TID 1). 1234 bytes result sent to driver',
    '1020 INFO Executor: Executor is trying to kill task 1.0 in stage 1.0 (TID 2), reason: cancelled',
    '1030 INFO Executor: Executor interrupted and killed task 1.0 in stage 1.0 (TID 2), reason: cancelled',
  ].join('\n');
  expect(readTaskLog(text)).toEqual({ begun: 3, running: 1, lastEndMs: 1030 });
});
