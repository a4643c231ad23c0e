/** Sums a judged day up: what expected/counts.json says of every day of the sample. */
import type { DayCounts, DayJudgement } from '../oracles/oracle.ts';

export interface DaySummary extends DayCounts {
  /** Rule -> quarantined lines that break it. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Rule -> accepted lines that break it. */
  readonly warnings: Readonly<Record<string, number>>;
  /** Name -> accepted lines that hold this unknown field. */
  readonly unknownFields: Readonly<Record<string, number>>;
}

export function summaryOf(day: DayJudgement): DaySummary {
  const reasons = new Map<string, number>();
  for (const line of day.quarantine) {
    for (const rule of new Set(line.reasons.map((reason) => reason.rule)))
      reasons.set(rule, (reasons.get(rule) ?? 0) + 1);
  }
  return {
    ...day.counts,
    reasons: sorted(reasons),
    warnings: sorted(day.warnings),
    unknownFields: sorted(day.unknownFields),
  };
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
