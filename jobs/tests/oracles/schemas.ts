/** Reads schema/schemas.yml for the oracles: the input schema, the severities and the named rules. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

export type Severity = 'error' | 'warn';

export interface NamedRule {
  readonly name: string;
  readonly field: string;
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
}

export interface InputSchema {
  readonly type: 'object';
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
  readonly properties: Readonly<Record<string, { readonly type: string }>>;
}

export interface Schemas {
  readonly input: InputSchema;
  readonly severity: Readonly<Record<string, Severity>>;
  readonly rules: readonly NamedRule[];
}

const DEFAULT_FILE = new URL('../../../schema/schemas.yml', import.meta.url);

/** The rules as the repository has them, or those of another file of the same form. */
export function readSchemas(file: string | URL = DEFAULT_FILE): Schemas {
  const content = load(readFileSync(file, 'utf8'));
  if (!isSchemas(content)) throw new Error(`${String(file)} needs input, severity and rules.`);
  return content;
}

/** Looks only at what the oracles walk over: the product has the strict reader. */
function isSchemas(content: unknown): content is Schemas {
  if (typeof content !== 'object' || content === null) return false;
  return 'input' in content && 'severity' in content && 'rules' in content && Array.isArray(content.rules);
}

/** How bad a broken JSON Schema keyword is. */
export function keywordSeverity(schemas: Schemas, keyword: string): Severity {
  return schemas.severity[keyword] ?? 'error';
}
