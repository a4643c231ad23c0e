/** Everything that the numbers of a staged day say against it. */
import { type Accounting, accountingFindings, type AuditLimits, quarantineFindings } from './audit.ts';
import type { Finding } from './finding.ts';
import { type ExpectedRows, rowFindings } from './row-limits.ts';

export interface CountedDay {
  readonly accounting: Accounting;
  /** Of the staged object. */
  readonly stagedRows: number;
  /** Lines of the input, where they were counted before it was read. */
  readonly inputRows: number | undefined;
}

export function dayFindings(day: CountedDay, expected: ExpectedRows, limits: AuditLimits): Finding[] {
  const { accounting, stagedRows, inputRows } = day;
  return [
    ...accountingFindings(accounting, stagedRows, inputRows),
    ...quarantineFindings(accounting, limits),
    ...rowFindings(accounting.published, expected, limits),
  ];
}
