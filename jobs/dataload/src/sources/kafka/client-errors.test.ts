import { describe, expect, test } from '@jest/globals';
import { LakeError } from 'lake';
import { loadConfig } from 'runtime';
import { kafkaError } from './client-errors.ts';

const { kafka } = loadConfig('local', 'configs', { KAFKA_BROKER: 'a:9092,b:9092', KAFKA_TOPIC: 'changes' });
const coded = (code: string, message = 'm', more: object = {}) => Object.assign(new Error(message), { code, ...more });

describe('an error of the Kafka client', () => {
  test.each([
    ['TOPIC_AUTHORIZATION_FAILED', 'the user may not read topic changes at a:9092, b:9092'],
    ['UNSUPPORTED_SASL_MECHANISM', 'refuses the login by SCRAM-SHA-512'],
    ['CERT_HAS_EXPIRED', 'is not trusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak TLS'],
  ])('%s deep among its causes is not tried again', (code, text) => {
    const inner = coded(code);
    const outer = new AggregateError([coded('PLT_KFK_NETWORK', 'n', { cause: inner })], 'all failed');
    expect(kafkaError(outer, kafka)).toMatchObject({
      code: 'config',
      cause: outer,
      message: expect.stringContaining(text),
    });
  });

  test("Kafka's own word counts as a code does", () => {
    const answer = coded('PLT_KFK_PROTOCOL', 'm', { apiId: 'UNKNOWN_TOPIC_OR_PARTITION' });
    expect(kafkaError(answer, kafka).message).toMatch(/^there is no topic changes at a:9092, b:9092/);
  });

  test('that is a refusal for good is told as it is', () => {
    const answer = coded('PLT_KFK_PROTOCOL', 'too large', { apiId: 'MESSAGE_TOO_LARGE', canRetry: false });
    expect(kafkaError(coded('PLT_KFK_MULTIPLE', 'outer', { errors: [answer] }), kafka)).toMatchObject({
      code: 'unexpected',
      message: expect.stringContaining('MESSAGE_TOO_LARGE, too large'),
    });
    const later = coded('PLT_KFK_PROTOCOL', 'moved', { apiId: 'NOT_LEADER_OR_FOLLOWER', canRetry: true });
    expect(kafkaError(later, kafka).code).toBe('unreachable');
  });

  test('that nobody knows is a matter of the network, and its innermost words are told', () => {
    const error = coded('PLT_KFK_MULTIPLE', 'outer', { errors: [coded('ECONNREFUSED', 'connect ECONNREFUSED')] });
    expect(kafkaError(error, kafka)).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/a:9092, b:9092 gave no answer within 30 s \(connect ECONNREFUSED\)/),
    });
    expect(kafkaError('broken', kafka).message).toMatch(/\(broken\)/);
  });

  test('that is ours already stays as it is', () => {
    const ours = new LakeError('config', 'no brokers');
    expect(kafkaError(ours, kafka)).toBe(ours);
  });
});
