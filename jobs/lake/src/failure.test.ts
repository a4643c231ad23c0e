import { describe, expect, test } from '@jest/globals';
import { FAILURES, LakeError, toLakeError, type FailureCode } from './failure.ts';

test('the exit codes are those that operators know', () => {
  const codes = Object.entries(FAILURES).map(([code, { exitCode, retryHelps }]) => [code, exitCode, retryHelps]);
  expect(codes).toStrictEqual([
    ['unexpected', 1, 'maybe'],
    ['usage', 2, 'no'],
    ['config', 2, 'no'],
    ['unreadable-input', 2, 'no'],
    ['unseen-lake', 2, 'no'],
    ['no-input', 3, 'later'],
    ['day-not-over', 3, 'later'],
    ['quality', 4, 'no'],
    ['overtaken', 5, 'once'],
    ['unreachable', 6, 'yes'],
    ['input-changed', 6, 'yes'],
    ['unknown-outcome', 6, 'yes'],
    ['out-of-time', 6, 'yes'],
    ['stopped', 143, 'yes'],
  ]);
});

describe('any thrown thing as a LakeError', () => {
  const error = (facts: object): Error => Object.assign(new Error('m'), facts);
  const spark = (code: string): Error => error({ code, retryable: false });
  const system = (code: string): Error => error({ code, errno: -13, syscall: 'open' });

  test.each<[string, unknown, FailureCode]>([
    ['a Spark error of usage', spark('usage'), 'usage'],
    ['an unreachable server', spark('unreachable'), 'unreachable'],
    ['a lost session', spark('session-lost'), 'unreachable'],
    ['an interrupted operation', spark('interrupted'), 'stopped'],
    ["a server's error", spark('server'), 'unexpected'],
    ['a Spark error of a code to come', spark('constructor'), 'unexpected'],
    ['no rights', system('EACCES'), 'config'],
    ['a full disk', system('ENOSPC'), 'unreachable'],
    ['a missing file', system('ENOENT'), 'unexpected'],
    ['an error that only looks like one of Spark', error({ code: 'usage' }), 'unexpected'],
    ['an error that only looks like one of the system', error({ code: 'EACCES' }), 'unexpected'],
    ["a system error with one of Spark's words", error({ code: 'usage', errno: 1, syscall: 'x' }), 'unexpected'],
    ['an object that is no error', { code: 'usage', retryable: true, message: 'm' }, 'unexpected'],
    ['a plain error', new Error('m'), 'unexpected'],
    ['a text', 'm', 'unexpected'],
    ['nothing', undefined, 'unexpected'],
  ])('%s', (_, thrown, code) => {
    const made = toLakeError(thrown);
    expect(made).toMatchObject({ name: 'LakeError', code, exitCode: FAILURES[code].exitCode, cause: thrown });
  });

  test('one that is one stays itself', () => {
    const made = new LakeError('quality', 'm');
    expect(toLakeError(made)).toBe(made);
  });
});
