import { expect, test } from '@jest/globals';
import { pingDecision } from './keep-alive.ts';

test.each([
  ['a session that was just asked waits for the whole time', 1_000, 1_000, 600, { kind: 'wait', waitMs: 600 }],
  ['a call in between puts the ping off', 1_500, 1_600, 600, { kind: 'wait', waitMs: 500 }],
  ['an idle session is pinged', 1_000, 1_600, 600, { kind: 'ping' }],
  ['one that slept with its machine is pinged', 1_000, 9_000_000, 600, { kind: 'ping' }],
  ['0 never pings', 1_000, 9_000_000, 0, undefined],
  ['a time beyond the reach of timers is cut', 0, 0, 1e12, { kind: 'wait', waitMs: 2_147_483_647 }],
])('%s', (_, lastCallMs, nowMs, keepAliveMs, decision) => {
  expect(pingDecision(lastCallMs, nowMs, keepAliveMs)).toEqual(decision);
});
