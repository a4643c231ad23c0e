/** Decides whether a day has suspiciously few rows: none, fewer than the least, or far fewer than before. */
import type { AuditLimits } from './audit.ts';
import { error, type Finding, warn } from './finding.ts';
import { percent } from './percent.ts';

/**
 * What it means when the input of a day holds nothing: somebody said so, as files without lines do; nobody said so, as when
 * a topic is silent; or the source had not begun yet.
 */
export type Emptiness = 'stated' | 'suspect' | 'before-first-event';

/** Rows of the days before, and how many of these days were looked at. */
export interface UsualRows {
  readonly median: number;
  readonly days: number;
}

export interface ExpectedRows {
  /** Rows of the published day; undefined where there is none. */
  readonly before: number | undefined;
  /** Of the last published days with rows; undefined where there is none. */
  readonly usual: UsualRows | undefined;
  readonly emptiness: Emptiness;
  /** Somebody takes, or took, an empty day for right. */
  readonly acceptsEmpty: boolean;
}

/** Shrinking by more than this is worth a warning even where it is allowed. */
const NOTEWORTHY_SHRINKAGE = 0.5;
/** Of fewer days nobody can say what is usual. */
const LEAST_DAYS = 3;

/** Kinds of finding that an empty day is published with. */
export const EMPTY_CODES: readonly string[] = ['min_rows', 'before_first_event'];

export function rowFindings(rows: number, expected: ExpectedRows, limits: AuditLimits): Finding[] {
  if (rows === 0) {
    const finding = emptyFinding(expected, limits);
    if (finding !== undefined) return [finding];
  }
  return [...fewFindings(rows, expected, limits), ...shrinkageFindings(rows, expected, limits)];
}

function leastRows({ emptiness }: ExpectedRows, { minRows }: AuditLimits): number {
  return minRows ?? (emptiness === 'stated' ? 0 : 1);
}

/** @returns undefined where an empty day is nothing special, or shrinkage alone decides */
function emptyFinding(expected: ExpectedRows, limits: AuditLimits): Finding | undefined {
  const { before = 0, usual, emptiness, acceptsEmpty } = expected;
  const least = leastRows(expected, limits);
  if (acceptsEmpty && (least > 0 || before > 0))
    return warn('min_rows', 'the day has no rows, which was accepted (--allow-empty)');
  if (least === 0) return undefined;
  if (emptiness === 'before-first-event' && before === 0 && usual === undefined) {
    return warn('before_first_event', 'the day has no rows: it is from before the first event of the topic');
  }
  const advice =
    'see whether the producer runs and the topic is the right one; --allow-empty takes a day that had no events';
  return error('min_rows', `the day has no rows, ${leastText(least)}; ${advice}`);
}

function fewFindings(rows: number, expected: ExpectedRows, limits: AuditLimits): Finding[] {
  const least = leastRows(expected, limits);
  return rows >= least ? [] : [error('min_rows', `the day has ${rows} rows, ${leastText(least)}`)];
}

const leastText = (least: number): string => `at least ${least} must be there (lake.audit.min_rows)`;

function shrinkageFindings(rows: number, expected: ExpectedRows, { maxShrinkage }: AuditLimits): Finding[] {
  const reference = referenceOf(expected);
  if (reference === undefined) return [];
  const shrinkage = (reference.rows - rows) / reference.rows;
  const message = `${reference.text} ${rows} rows (by ${percent(shrinkage)})`;
  if (maxShrinkage !== null && shrinkage > maxShrinkage) {
    return [error('shrinkage', `${message}, allowed are ${percent(maxShrinkage)} (lake.audit.max_shrinkage)`)];
  }
  return shrinkage > NOTEWORTHY_SHRINKAGE ? [warn('shrinkage', message)] : [];
}

/** A published day is the best measure of itself; a new one is measured by its neighbours. */
function referenceOf({ before, usual }: ExpectedRows): { readonly rows: number; readonly text: string } | undefined {
  if (before !== undefined) {
    return before === 0 ? undefined : { rows: before, text: `the day shrinks from ${before} to` };
  }
  if (usual === undefined || usual.days < LEAST_DAYS) return undefined;
  const { median, days } = usual;
  return {
    rows: median,
    text: `the day is smaller than the median of the last ${days} published days, ${median}: it has`,
  };
}
