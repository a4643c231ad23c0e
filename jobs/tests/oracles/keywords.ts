/** Lets Ajv judge an event by the JSON Schema of schemas.yml and names what is broken in schema order. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Schemas } from './schemas.ts';

export interface Finding {
  readonly rule: string;
  /** null where the whole line is meant. */
  readonly field: string | null;
}

const KEYWORD_ORDER = ['type', 'required'];
const validators = new WeakMap<Schemas, ValidateFunction>();

/** The broken keywords: types in the order of the properties, then what is missing, then the rest. */
export function brokenKeywords(entries: ReadonlyMap<string, unknown>, schemas: Schemas): Finding[] {
  const validate = validatorOf(schemas);
  // A null counts as missing, but an unknown field is unknown whatever it holds.
  const known = schemas.input.properties;
  const present = [...entries].filter(([name, value]) => value !== null || !Object.hasOwn(known, name));
  if (validate(Object.fromEntries(present))) return [];
  const findings = (validate.errors ?? []).map((error) => ({ rule: error.keyword, field: fieldOf(error) }));
  const properties = Object.keys(known);
  const rank = ({ rule, field }: Finding): [number, number] => {
    const keyword = KEYWORD_ORDER.indexOf(rule);
    const order = rule === 'required' ? schemas.input.required : properties;
    return [keyword === -1 ? KEYWORD_ORDER.length : keyword, order.indexOf(field ?? '')];
  };
  return findings.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]);
}

function validatorOf(schemas: Schemas): ValidateFunction {
  const known = validators.get(schemas);
  if (known !== undefined) return known;
  const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schemas.input);
  validators.set(schemas, validate);
  return validate;
}

function fieldOf(error: ErrorObject): string {
  const { missingProperty, additionalProperty } = error.params;
  const named: unknown = missingProperty ?? additionalProperty;
  if (typeof named === 'string') return named;
  return error.instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}
