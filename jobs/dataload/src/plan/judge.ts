/** Parsed lines to judged lines: which rules each line breaks, and whether it is accepted. */
import { type Column, type DataFrame, functions as F } from 'spark-connect';
import { parsed } from './parse.ts';
import { UNKNOWN_FIELDS } from '../rules/json-schema.ts';
import { ruleKey, type Rule } from '../rules/rule.ts';
import { suspectMetrics } from './suspects.ts';

/** True for a line that is an event and breaks no rule of severity error. */
export const isAccepted: Column = F.col('is_accepted');

/** True for a line that goes to quarantine. */
export const isQuarantined: Column = parsed.isBlank.not().and(isAccepted.not());

/** True for a line that a further pass looks at: it goes to quarantine, or its unknown fields are named. */
export const isSuspect = (rules: readonly Rule[]): Column =>
  rules
    .flatMap(({ name }, index) => (name === UNKNOWN_FIELDS ? [F.col(brokenColumn(index))] : []))
    .reduce((any, hasUnknown) => any.or(hasUnknown), isQuarantined);

/** Adds one boolean column a rule and `is_accepted`. */
export function judge(lines: DataFrame, rules: readonly Rule[]): DataFrame {
  const brokenColumns = Object.fromEntries(rules.map((rule, index) => [brokenColumn(index), rule.broken]));
  const anyError = rules
    .flatMap((rule, index) => (rule.severity === 'error' ? [F.col(brokenColumn(index))] : []))
    .reduce((any, broken) => any.or(broken));
  return lines.withColumns(brokenColumns).withColumns({ is_accepted: parsed.isBlank.not().and(anyError.not()) });
}

/**
 * @param rules those of severity error that the line was judged by
 * @returns array of struct<rule, field, message>, in the order of the rules
 */
export function reasons(rules: readonly Rule[]): Column {
  const candidates = rules.map((rule, index) => F.when(F.col(brokenColumn(index)), reason(rule)));
  return F.arrayCompact(F.array(...candidates));
}

/**
 * Aggregates over all judged lines, to be observed while the day is written.
 *
 * @param maps of suspects, more for a larger day
 */
export function judgementMetrics(rules: readonly Rule[], maps: number): Record<string, Column> {
  const counted = rules.map((rule, index) => {
    const broken = F.col(brokenColumn(index));
    return [brokenColumn(index), F.countIf(rule.severity === 'error' ? broken : broken.and(isAccepted))] as const;
  });
  return {
    read: F.count(F.lit(1)),
    blank: F.countIf(parsed.isBlank),
    accepted: F.countIf(isAccepted),
    quarantined: F.countIf(isQuarantined),
    ...suspectMetrics(F.col('value'), isSuspect(rules), maps),
    ...Object.fromEntries(counted),
  };
}

/** Observed values back to counts by rule; rules that no line broke are left out. */
export function brokenRules(rules: readonly Rule[], values: Readonly<Record<string, unknown>>): BrokenRules {
  const counts: { error: Record<string, number>; warn: Record<string, number> } = { error: {}, warn: {} };
  for (const [index, rule] of rules.entries()) {
    const count = Number(values[brokenColumn(index)]);
    if (count > 0) counts[rule.severity][ruleKey(rule)] = count;
  }
  return counts;
}

export interface BrokenRules {
  /** Quarantined lines by rule key; a line that breaks two rules counts in both. */
  readonly error: Readonly<Record<string, number>>;
  /** Accepted events by rule key. */
  readonly warn: Readonly<Record<string, number>>;
}

/** Names the column of a rule, and its count among the metrics. */
const brokenColumn = (index: number): string => `broken_${index}`;

function reason(rule: Rule): Column {
  return F.struct({
    rule: F.lit(rule.name),
    field: F.lit(rule.field).cast('string'),
    message: F.lit(rule.message),
  });
}
