import { expect, test } from '@jest/globals';
import { type SettingsByName, topicSettings } from './broker-topic.ts';

/** As a broker of Kafka 4 has them by itself. */
const USUAL: SettingsByName = {
  'cleanup.policy': 'delete',
  'retention.ms': '604800000',
  'retention.bytes': '-1',
  'message.timestamp.type': 'CreateTime',
  'message.timestamp.before.max.ms': '9223372036854775807',
  'message.timestamp.after.max.ms': '3600000',
};
const WEEK_MS = 604_800_000;

test.each<[string, SettingsByName, object]>([
  [
    'the usual ones',
    {},
    {
      isCompacted: false,
      keptMs: WEEK_MS,
      retentionMs: WEEK_MS,
      behindMs: Infinity,
      aheadMs: 3_600_000,
      lateMs: Infinity,
    },
  ],
  ['no retention', { 'retention.ms': '-1' }, { keptMs: null, retentionMs: null }],
  ['a size that removes records too', { 'retention.bytes': '1000' }, { keptMs: null, retentionMs: WEEK_MS }],
  ['compaction alone', { 'cleanup.policy': 'compact' }, { isCompacted: true, keptMs: null, retentionMs: null }],
  ['both', { 'cleanup.policy': 'compact,delete' }, { isCompacted: true, retentionMs: WEEK_MS }],
  ["the broker's time", { 'message.timestamp.type': 'LogAppendTime' }, { aheadMs: 0, lateMs: 0 }],
  ['a limit for old records', { 'message.timestamp.before.max.ms': '1000' }, { behindMs: 1000, lateMs: 1000 }],
  ['no limit', { 'message.timestamp.after.max.ms': '9223372036854775807' }, { aheadMs: Infinity }],
  ['an older broker, without the setting', { 'message.timestamp.after.max.ms': undefined }, { aheadMs: Infinity }],
])('%s', (_, change, expected) => {
  expect(topicSettings({ ...USUAL, ...change })).toMatchObject(expected);
});
