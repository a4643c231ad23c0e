import { expect, test } from '@jest/globals';
import { loadConfig } from 'runtime';
import { sparkOptions } from './spark-options.ts';

const frozen = { topic: 'changes', partitions: [{ partition: 0, start: 1, end: 2 }], fromMs: 0, untilMs: 1 };

function login(password: string, protocol: 'SASL_SSL' | 'PLAINTEXT' = 'SASL_SSL') {
  const { kafka } = loadConfig('local', 'configs', { KAFKA_BROKER: 'broker:9092' });
  const variables = { KAFKA_USERNAME: 'etl', KAFKA_PASSWORD: password };
  const options = sparkOptions({ ...kafka, security: { ...kafka.security, protocol } }, frozen, variables);
  return options['kafka.sasl.jaas.config'];
}

test.each([
  ['plain', 'hush-hush', '"'],
  ['a double quote', 'hush"hush', "'"],
  ['a single quote', "hush'hush", '"'],
])('a password with %s is named between quotes that it does not hold, and not told', (_, password, quote) => {
  expect(login(password)).toBe(
    `org.apache.kafka.common.security.scram.ScramLoginModule required username="\${env:KAFKA_USERNAME}" password=${quote}\${env:KAFKA_PASSWORD}${quote};`,
  );
});

test.each(['hush\\hush', 'hush\nhush', `hush"'hush`])(
  'the password %j is refused by the name of its variable',
  (password) => {
    expect(() => login(password)).toThrow(
      expect.objectContaining({ code: 'config', message: expect.stringMatching(/^KAFKA_PASSWORD holds (?!.*hush)/) }),
    );
    expect(login(password, 'PLAINTEXT')).toBeUndefined();
  },
);
