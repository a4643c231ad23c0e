/** What a rule is, and how a broken one is told. */
import type { Column } from 'spark-connect';

export type Severity = 'error' | 'warn';

export interface Rule {
  /** As quarantine and manifest name it: the broken JSON Schema keyword, or the name of a named check. */
  readonly name: string;
  /** Null for what concerns the line as a whole. */
  readonly field: string | null;
  readonly severity: Severity;
  readonly message: string;
  /** True where the line breaks the rule; never null. */
  readonly broken: Column;
}

/** `required:url`: the key of a rule in counts. */
export function ruleKey(rule: Pick<Rule, 'name' | 'field'>): string {
  return rule.field === null ? rule.name : `${rule.name}:${rule.field}`;
}
