/** Decides whether what was staged may become the day. */
import type { Staged } from './staged.ts';

export interface Finding {
  /** An error stops the publish, a warning is only recorded. */
  readonly severity: 'error' | 'warn';
  readonly code: string;
  readonly message: string;
}

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
  /** (rows before - rows now) / rows before, 0..1; null only warns. */
  readonly maxShrinkage: number | null;
}

/** Shrinking by more than this is worth a warning even where it is allowed. */
const NOTEWORTHY_SHRINKAGE = 0.5;

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

/** @param rowsBefore of the published partition; undefined where there is none */
export function limitFindings(accounting: Accounting, rowsBefore: number | undefined, limits: AuditLimits): Finding[] {
  return [...quarantineFindings(accounting, limits), ...shrinkageFindings(accounting.published, rowsBefore, limits)];
}

function quarantineFindings({ read, blank, quarantined }: Accounting, limits: AuditLimits): Finding[] {
  const judged = read - blank;
  if (judged === 0 || quarantined / judged <= limits.maxQuarantinedShare) return [];
  const message =
    `${quarantined} of ${judged} lines are quarantined (${percent(quarantined / judged)}), ` +
    `allowed are ${percent(limits.maxQuarantinedShare)} (lake.audit.max_quarantined_share)`;
  return [error('quarantined_share', message)];
}

function shrinkageFindings(rows: number, rowsBefore: number | undefined, limits: AuditLimits): Finding[] {
  if (rowsBefore === undefined || rowsBefore === 0) return [];
  const shrinkage = (rowsBefore - rows) / rowsBefore;
  const message = `the day shrinks from ${rowsBefore} to ${rows} rows (by ${percent(shrinkage)})`;
  if (limits.maxShrinkage !== null && shrinkage > limits.maxShrinkage) {
    const allowed = `allowed are ${percent(limits.maxShrinkage)} (lake.audit.max_shrinkage)`;
    return [error('shrinkage', `${message}, ${allowed}`)];
  }
  return shrinkage > NOTEWORTHY_SHRINKAGE ? [{ severity: 'warn', code: 'shrinkage', message }] : [];
}

const error = (code: string, message: string): Finding => ({ severity: 'error', code, message });
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
