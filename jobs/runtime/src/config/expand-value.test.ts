import { expect, test } from '@jest/globals';
import { expandValue } from './expand-value.ts';

const VARIABLES = { TOKEN: 'secretsmanager:spark#token', HOST: 'spark', ENV: 'prod', DEEP: 'ssm:/deep' };
const AWS: Readonly<Record<string, string>> = {
  'secretsmanager:spark#token': 't0ken',
  'ssm:/prod/key': 'k3y',
  'ssm:/default': 'd3fault',
  // What AWS holds is not looked into again.
  'ssm:/deep': 'ssm:/prod/key',
  'ssm:/variable': '${HOST}',
};
const expand = (text: string) =>
  expandValue(text, VARIABLES, (reference) => AWS[reference] ?? `not asked for: ${reference}`);

test.each([
  ['plain', 'plain', []],
  ['${HOST}:1', 'spark:1', ['variable HOST']],
  ['ssm:/prod/key', 'k3y', ['ssm:/prod/key']],
  ['${TOKEN}', 't0ken', ['secretsmanager:spark#token']],
  ['ssm:/${ENV}/key', 'k3y', ['ssm:/prod/key']],
  ['${NOT_SET:-ssm:/default}', 'd3fault', ['ssm:/default']],
  ['sc://${HOST}/;token=${TOKEN}', 'sc://spark/;token=t0ken', ['variable HOST', 'secretsmanager:spark#token']],
  ['x=${NOT_SET:-ssm:/default}', 'x=d3fault', ['ssm:/default']],
  ['${DEEP}', 'ssm:/prod/key', ['ssm:/deep']],
  ['ssm:/variable', '${HOST}', ['ssm:/variable']],
  ['the ssm:/prod/key', 'the ssm:/prod/key', []],
])('%j says %j, from %j', (text, expected, origins) => {
  expect(expand(text)).toMatchObject({ text: expected, origins });
});
