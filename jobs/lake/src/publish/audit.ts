/** Decides whether what was staged may become the day. */
import { error, type Finding } from './finding.ts';
import { percent } from './percent.ts';
import type { Staged } from './staged.ts';

declare const audited: unique symbol;
/** Staged and found fit to be published; only {@link audit} makes one. */
export type Audited = Staged & { readonly [audited]: true };

export type Verdict =
  | { readonly kind: 'audited'; readonly staged: Audited }
  | { readonly kind: 'rejected'; readonly staged: Staged; readonly findings: readonly Finding[] };

export function audit(staged: Staged, findings: readonly Finding[]): Verdict {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) return { kind: 'rejected', staged, findings: errors };
  return { kind: 'audited', staged: staged as Audited };
}

/** Where every line of the input went. */
export interface Accounting {
  readonly read: number;
  readonly published: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly blank: number;
}

export interface AuditLimits {
  /** Quarantined lines over judged lines, 0..1. */
  readonly maxQuarantinedShare: number;
  /** The fewest rows of a day; null asks one of a day whose source never says that there is none. */
  readonly minRows: number | null;
  /** (rows before - rows now) / rows before, 0..1; null only warns. */
  readonly maxShrinkage: number | null;
}

/**
 * @param inputRows lines of the input, where they were counted before it was read
 * @returns an error where a line of the input is not accounted for, or the staged rows are not the ones that were counted
 */
export function accountingFindings(accounting: Accounting, stagedRows: number, inputRows?: number): Finding[] {
  const { read, published, superseded, quarantined, blank } = accounting;
  const sum = published + superseded + quarantined + blank;
  const findings: Finding[] = [];
  if (read !== sum) {
    const parts = `${published} published + ${superseded} superseded + ${quarantined} quarantined + ${blank} blank`;
    findings.push(error('lines_unaccounted', `${read} lines were read, but ${parts} = ${sum}`));
  }
  if (inputRows !== undefined && read !== inputRows) {
    findings.push(error('input_rows_differ', `the input has ${inputRows} lines, but ${read} were read`));
  }
  if (published !== stagedRows) {
    findings.push(
      error('rows_differ', `${published} rows were counted while writing, the staged object has ${stagedRows}`),
    );
  }
  return findings;
}

export function quarantineFindings({ read, blank, quarantined }: Accounting, limits: AuditLimits): Finding[] {
  const judged = read - blank;
  if (judged === 0 || quarantined / judged <= limits.maxQuarantinedShare) return [];
  const message =
    `${quarantined} of ${judged} lines are quarantined (${percent(quarantined / judged)}), ` +
    `allowed are ${percent(limits.maxQuarantinedShare)} (lake.audit.max_quarantined_share)`;
  return [error('quarantined_share', message)];
}
