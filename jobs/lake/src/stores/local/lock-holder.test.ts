import { describe, expect, test } from '@jest/globals';
import { isDead, parseHolder, parseStat, type Holder, type ProcessSight } from './lock-holder.ts';

const here: Holder = { host: 'h', bootId: 'b', pidNamespace: 'n', pid: 7, processStart: '100', purpose: 'p' };
const there = (start?: string): ProcessSight => ({ is: 'there', start });

describe('whether the holder of a lock is dead', () => {
  test.each<[string, Partial<Holder>, ProcessSight, boolean]>([
    ['the same process lives', {}, there('100'), false],
    ['a process that is gone is dead', {}, { is: 'gone' }, true],
    ['a later process of the same id is another one', {}, there('200'), true],
    ['a process that cannot be looked at counts as living', {}, there(), false],
    ['a holder that does not know its start counts as living', { processStart: '' }, there('100'), false],
    ['another boot ended every process', { bootId: 'c' }, there('100'), true],
    ['another host cannot be looked at', { host: 'i' }, { is: 'gone' }, false],
    ['another host of another boot cannot either', { host: 'i', bootId: 'c' }, { is: 'gone' }, false],
    ['another namespace cannot be looked at', { pidNamespace: 'm' }, { is: 'gone' }, false],
    [
      'another namespace may be another machine of the same name',
      { pidNamespace: 'm', bootId: 'c' },
      { is: 'gone' },
      false,
    ],
  ])('%s', (_, holder, sight, expected) => {
    expect(isDead({ ...here, ...holder }, here, () => sight)).toBe(expected);
  });
});

describe('a process by its stat line', () => {
  const stat = (state: string, name = 'node'): string => `7 (${name}) ${state} ${'0 '.repeat(18)}100 0 0`;
  test.each<[string, string, ProcessSight]>([
    ['a running one is there', stat('R'), there('100')],
    ['a sleeping one is there', stat('S'), there('100')],
    ['a zombie is gone', stat('Z'), { is: 'gone' }],
    ['a dead one is gone', stat('X'), { is: 'gone' }],
    ['brackets and spaces in its name do not matter', stat('S', 'a) Z (b'), there('100')],
  ])('%s', (_, line, expected) => {
    expect(parseStat(line)).toStrictEqual(expected);
  });
});

test('a holder is read back as it was written', () => {
  expect(parseHolder(JSON.stringify(here))).toStrictEqual(here);
});

test.each(['', '{', 'null', '7', '{}', '{"pid":7}', JSON.stringify({ ...here, pid: '7' })])(
  '%j is no holder',
  (text) => {
    expect(parseHolder(text)).toBeUndefined();
  },
);
