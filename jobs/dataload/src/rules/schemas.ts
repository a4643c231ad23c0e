/** schema/schemas.yml as a value: what is not known is refused before anything is read. */
import { LakeError } from 'lake';
import { loadYaml } from 'runtime';
import { conversions } from '../plan/columns.ts';
import { checks } from './checks.ts';
import type { InputSchema } from './json-schema.ts';
import type { Severity } from './rule.ts';

export interface NamedRule {
  readonly name: string;
  readonly field: string;
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface TableColumn {
  readonly name: string;
  /** Spark DDL. */
  readonly type: string;
  readonly nullable?: boolean;
  /** Fields of the event, `event` for its coordinates, or columns of the table that stand above. */
  readonly from: string | readonly string[];
  readonly as: string;
}

export interface Schemas {
  readonly input: InputSchema;
  /** Of broken keywords; error where a keyword is not named. */
  readonly severity?: Readonly<Record<string, Severity>>;
  readonly rules: readonly NamedRule[];
  readonly table: readonly TableColumn[];
}

const SEVERITY = { enum: ['error', 'warn'] };
const KEYWORDS = ['type', 'required', 'additionalProperties', 'minLength', 'maxLength', 'enum', 'const'];
const text = { type: 'string', minLength: 1 };
const object = (required: string[], properties: object) => {
  return { type: 'object', additionalProperties: false, required, properties };
};

const FIELD = object(['type'], {
  type: { const: 'string' },
  minLength: { type: 'integer', minimum: 0 },
  maxLength: { type: 'integer', minimum: 0 },
  enum: { type: 'array', items: { type: 'string' }, minItems: 1 },
  const: { type: 'string' },
});

export const FILE = object(['input', 'rules', 'table'], {
  input: object(['type', 'properties'], {
    type: { const: 'object' },
    required: { type: 'array', items: { type: 'string' } },
    additionalProperties: { type: 'boolean' },
    properties: { type: 'object', minProperties: 1, additionalProperties: FIELD },
  }),
  severity: object([], Object.fromEntries(KEYWORDS.map((keyword) => [keyword, SEVERITY]))),
  rules: {
    type: 'array',
    items: object(['name', 'field', 'check', 'severity', 'message'], {
      name: text,
      field: text,
      check: { enum: Object.keys(checks) },
      severity: SEVERITY,
      message: text,
    }),
  },
  table: {
    type: 'array',
    minItems: 1,
    items: object(['name', 'type', 'from', 'as'], {
      name: text,
      type: text,
      nullable: { type: 'boolean' },
      from: { anyOf: [text, { type: 'array', items: text, minItems: 1, maxItems: 2 }] },
      as: { enum: Object.keys(conversions) },
    }),
  },
  folders: { type: 'object' },
  reports: { type: 'object' },
});

/** @throws LakeError config naming the file, the key and what is known */
export function loadSchemas(file: string): Schemas {
  const schemas = loadYaml(file, FILE) as Schemas;
  const fields = Object.keys(schemas.input.properties);
  const unknown = [
    ...(schemas.input.required ?? [])
      .filter((field) => !fields.includes(field))
      .map((field) => `input.required: ${field}`),
    ...schemas.rules.filter((rule) => !fields.includes(rule.field)).map((rule) => `rules.${rule.name}: ${rule.field}`),
    ...unknownOrigins(schemas.table, fields),
  ];
  if (unknown.length > 0) {
    throw new LakeError(
      'config',
      `${file}: unknown column in ${unknown.join('; ')}. Known fields are ${fields.join(', ')}`,
    );
  }
  return schemas;
}

function unknownOrigins(table: readonly TableColumn[], fields: readonly string[]): string[] {
  const known = new Set([...fields, 'event']);
  return table.flatMap((column) => {
    const unknown = [column.from].flat().filter((origin) => !known.has(origin));
    known.add(column.name);
    return unknown.map((origin) => `table.${column.name}: ${origin}`);
  });
}
