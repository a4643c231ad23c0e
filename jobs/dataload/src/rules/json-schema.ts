/** The supported subset of JSON Schema 2020-12, compiled to rules on Spark columns. */
import { type Column, functions as F } from 'spark-connect';
import type { Parsed } from '../plan/parse.ts';
import type { Rule } from './rule.ts';

/** Schema of one text field; what is not listed here is refused when schemas.yml is loaded. */
export interface FieldSchema {
  readonly type: 'string';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly string[];
  readonly const?: string;
}

export interface InputSchema {
  readonly type: 'object';
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly properties: Readonly<Record<string, FieldSchema>>;
}

/** The rule that an event with members breaks which the schema does not name. */
export const UNKNOWN_FIELDS = 'additionalProperties';

type Violation = Pick<Rule, 'name' | 'field' | 'message' | 'broken'>;
type Keyword = Exclude<keyof FieldSchema, 'type'>;

/** Keyword of a text field to what breaks it. Lengths count code points, as JSON Schema and Spark both do. */
const keywords: { readonly [K in Keyword]: (text: Column, value: NonNullable<FieldSchema[K]>) => [Column, string] } = {
  minLength: (text, value) => [F.length(text).lt(value), `is shorter than ${value} characters`],
  maxLength: (text, value) => [F.length(text).gt(value), `is longer than ${value} characters`],
  enum: (text, value) => [text.isin(...value).not(), `is none of ${value.join(', ')}`],
  const: (text, value) => [text.ne(value), `is not ${value}`],
};

/** All rules of the schema in the order in which their reasons are listed: types, required fields, the other keywords. */
export function violations(schema: InputSchema, parsed: Parsed): Violation[] {
  const fields = Object.keys(schema.properties);
  return [
    ...fields.map((field) => wrongType(field, parsed)),
    ...(schema.required ?? []).map((field) => missing(field, parsed)),
    ...fields.flatMap((field) => brokenKeywords(field, schema.properties[field]!, parsed)),
    ...(schema.additionalProperties === false ? [unknownField(schema, parsed)] : []),
  ];
}

/** The members of an object that the schema does not name. */
export function unknownFields(schema: InputSchema, parsed: Parsed): Column {
  return F.arrayExcept(parsed.keys, F.array(...Object.keys(schema.properties).map((field) => F.lit(field))));
}

function wrongType(field: string, parsed: Parsed): Violation {
  return { name: 'type', field, message: `${field} is not a string`, broken: parsed.hasWrongType(field) };
}

/** A null counts as missing. */
function missing(field: string, parsed: Parsed): Violation {
  return { name: 'required', field, message: `${field} is missing`, broken: parsed.isMissing(field) };
}

function brokenKeywords(field: string, schema: FieldSchema, parsed: Parsed): Violation[] {
  return (Object.keys(keywords) as Keyword[])
    .filter((keyword) => schema[keyword] !== undefined)
    .map((keyword) => {
      const check = keywords[keyword] as (text: Column, value: unknown) => [Column, string];
      const [broken, message] = check(parsed.text(field), schema[keyword]);
      return { name: keyword, field, message: `${field} ${message}`, broken };
    });
}

function unknownField(schema: InputSchema, parsed: Parsed): Violation {
  const broken = F.size(unknownFields(schema, parsed)).gt(0);
  const message = 'the event has fields that the schema does not know';
  return { name: UNKNOWN_FIELDS, field: null, message, broken };
}
