/** What a topic's own settings say of its records' times and how long they stay. */

export interface TopicSettings {
  readonly isCompacted: boolean;
  /** How long records stay by their time alone, in ms; null for ever, or where something else removes them too. */
  readonly keptMs: number | null;
  /** How long records stay, in ms; null where time does not remove them. */
  readonly retentionMs: number | null;
  /** How far behind the broker's clock a record's time may be, in ms; Infinity for no limit. */
  readonly behindMs: number;
  /** How far ahead of the broker's clock a record's time may be, in ms; 0 where the broker's clock is taken, Infinity for no limit. */
  readonly aheadMs: number;
}

/** Settings by the names that Kafka has for them. */
export type SettingsByName = Readonly<Record<string, string | null | undefined>>;

/** A century: Kafka's own word for no limit is greater than any safe integer. */
const NO_LIMIT_MS = 100 * 365 * 24 * 60 * 60 * 1000;

export function topicSettings(settings: SettingsByName): TopicSettings {
  const number = (name: string): number => Number(settings[name] ?? -1);
  const policies = (settings['cleanup.policy'] ?? 'delete').split(',');
  const isLimited = policies.includes('delete') && number('retention.ms') >= 0;
  const retentionMs = isLimited ? number('retention.ms') : null;
  const limit = (name: string): number => withoutHuge(Number(settings[name] ?? Infinity));
  const isBrokerTime = settings['message.timestamp.type'] === 'LogAppendTime';
  return {
    isCompacted: policies.includes('compact'),
    keptMs: number('retention.bytes') >= 0 ? null : retentionMs,
    retentionMs,
    behindMs: limit('message.timestamp.before.max.ms'),
    aheadMs: isBrokerTime ? 0 : limit('message.timestamp.after.max.ms'),
  };
}

const withoutHuge = (ms: number): number => (ms >= NO_LIMIT_MS ? Infinity : ms);
