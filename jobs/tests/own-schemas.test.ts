/** The schemas by which our YAML files are checked are schemas themselves: the product takes that for granted. */
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { FILE as RULES } from '../dataload/src/rules/schemas.ts';
import { FILE as REPORTS } from '../prepare/src/reports/load-reports.ts';
import { CONFIG_SCHEMAS } from '../runtime/src/config/schema.ts';
import { FILE as FOLDERS } from '../runtime/src/home.ts';

const ajv = new Ajv2020({ allErrors: true });
const OURS = { ...CONFIG_SCHEMAS, 'schemas.yml, rules': RULES, 'its reports': REPORTS, 'its folders': FOLDERS };

test.each(Object.entries(OURS))('of %s', (_, schema) => {
  void ajv.validateSchema(schema);
  expect(ajv.errors ?? []).toEqual([]);
});

test('a schema that is none would be found', () => {
  void ajv.validateSchema({ properties: { name: { type: 'text' } } });
  expect(ajv.errors).not.toBeNull();
});
