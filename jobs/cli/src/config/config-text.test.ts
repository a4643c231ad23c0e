import { expect, test } from '@jest/globals';
import { configArguments } from './arguments.ts';
import { configText } from './config-text.ts';

test('a person sees each file with its keys, and beside it what the environment holds', () => {
  const aws = 'configs/prod/aws_config.yml';
  expect(
    configText([
      { file: aws, key: 'lake', value: 's3://lake', origin: aws },
      { file: aws, key: 'endpoint', value: '', origin: 'default' },
      { file: aws, key: 'audit.min_rows', value: null, origin: 'default' },
      { file: undefined, key: 'KAFKA_PASSWORD', value: '***', origin: 'secretsmanager:kafka#password' },
    ]),
  ).toBe(`key                          value      from
configs/prod/aws_config.yml
  lake                       s3://lake  configs/prod/aws_config.yml
  endpoint                   ""         default
  audit.min_rows             null       default
environment
  KAFKA_PASSWORD             ***        secretsmanager:kafka#password
`);
});

test.each([
  [[], {}, { env: 'local', isJson: false }],
  [[], { RECIPE_ETL_ENV: 'prod' }, { env: 'prod', isJson: false }],
  [['--env', 'dev', '--json'], { RECIPE_ETL_ENV: 'prod' }, { env: 'dev', isJson: true }],
])('the words %j with the variables %j mean %j', (words, variables, expected) => {
  expect(configArguments(words, variables)).toStrictEqual(expected);
});

test.each([['--evn'], ['prod']])('the word %s is refused', (word) => {
  expect(() => configArguments([word], {})).toThrow(expect.objectContaining({ code: 'usage' }));
});
