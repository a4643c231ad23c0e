/** What broke rules, and fields that are not known: a table each, with the most frequent first. */
import type { LineCounts } from './day-facts.ts';
import { table } from './document.ts';
import { type Html, html } from './html.ts';

const KINDS = [
  ['Quarantined, by reason', 'reason', 'reasons'],
  ['Warnings, by rule', 'rule', 'warnings'],
  ['Unknown fields', 'field', 'unknownFields'],
] as const;

/** @param days each with what its manifest counts */
export function byName(days: readonly LineCounts[]): Html {
  const tables = KINDS.flatMap(([caption, what, kind]) => {
    const rows = totals(days.map((lines) => lines[kind]));
    return rows.length === 0 ? [] : [table(caption, [what, 'lines'], rows)];
  });
  return html`<div class="beside">${tables}</div>`;
}

/** @returns the most frequent first */
export function totals(of: readonly (Readonly<Record<string, number>> | undefined)[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const counts of of)
    for (const [name, count] of Object.entries(counts ?? {})) sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums].toSorted(([a, some], [b, more]) => more - some || (a < b ? -1 : 1));
}
