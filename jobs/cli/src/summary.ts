/** What the local run prints for a person of a day that was run. */
import type { LakeError } from 'lake';
import type { Report, Row } from 'prepare/reports';
import { printable, printableLine, type Summary } from 'runtime';
import { textTable } from './table.ts';

interface Loaded {
  readonly counts: {
    readonly read: number;
    readonly published: number;
    readonly superseded: number;
    readonly quarantined: number;
    readonly blank: number;
    readonly reasons: Readonly<Record<string, number>>;
    readonly warnings: Readonly<Record<string, number>>;
    readonly unknownFields: Readonly<Record<string, number>>;
  };
  readonly table: string;
  readonly quarantine: string | null;
}

/** What was made of one report. */
interface Made {
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
  readonly report: string;
  /** Null where it could not be written. */
  readonly page?: string | null;
}

type Outcome = Pick<Summary, 'outcome' | 'exitCode'> & Readonly<Record<string, unknown>>;

/** @param reports in the order in which prepare makes them */
export function daySummary(date: string, [loaded, prepared]: readonly Summary[], reports: readonly Report[]): string {
  if (loaded === undefined) return '';
  const text = [`\n${date}\n`, outcomeLine(loaded.job, loaded)];
  if (loaded.outcome !== 'failed') text.push(loadedDetails(loaded as unknown as Loaded));
  if (prepared !== undefined) text.push(...preparedLines(prepared, reports));
  return printable(text.join(''));
}

/** One report is printed under the job's name, several each under its own. */
function preparedLines(prepared: Summary, reports: readonly Report[]): string[] {
  const each = prepared['reports'] as readonly Outcome[] | undefined;
  return (each ?? [prepared]).flatMap((made, index) => {
    const report = reports[index];
    const line = outcomeLine(each === undefined ? prepared.job : (report?.name ?? ''), made);
    const isMade = made.outcome !== 'failed' && report !== undefined;
    return isMade ? [line, reportDetails(report, made as unknown as Made)] : [line];
  });
}

export function failureSummary(error: LakeError): string {
  return printable(`error: ${error.message}\n       (exit ${error.exitCode}; ${error.advice})\n`);
}

export function totalSummary(ends: { lake: string; output: string; elapsedMs: number }): string {
  return printable(`\nlake    ${ends.lake}\noutput  ${ends.output}\nfinished in ${seconds(ends.elapsedMs)}\n`);
}

function outcomeLine(name: string, { outcome, exitCode, message, timings }: Outcome): string {
  if (outcome === 'failed') return `  ${name.padEnd(9)} failed, exit code ${exitCode}: ${String(message)}\n`;
  const steps = Object.entries(timings ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const total = steps.reduce((sum, [, ms]) => sum + ms, 0);
  const detail = steps.map(([step, ms]) => `${step.slice(0, -2)} ${seconds(ms)}`).join(', ');
  return `  ${name.padEnd(9)} ${outcome} in ${seconds(total)}${detail === '' ? '' : ` (${detail})`}\n`;
}

function loadedDetails({ counts, table, quarantine }: Loaded): string {
  const { read, published, superseded, quarantined, blank, reasons, warnings, unknownFields } = counts;
  const unknown = Object.entries(unknownFields).map(([field, events]) => `${printableLine(field)} (${events})`);
  return [
    `    ${read} lines = ${published} published + ${superseded} superseded + ${quarantined} quarantined + ${blank} blank\n`,
    countLine('quarantined', reasons),
    countLine('warnings', warnings),
    unknown.length === 0 ? '' : `    unknown fields: ${unknown.join(', ')}\n`,
    table === undefined ? '' : `    table       ${table}\n`,
    quarantine ? `    quarantine  ${quarantine}\n` : '',
  ].join('');
}

function reportDetails({ ingredient, columns }: Report, { counts, rows, report: url, page }: Made): string {
  const header = columns.map(({ name }) => name);
  // A dry run may have had no table to compute from.
  if (counts[ingredient] === undefined) return '';
  const cells = rows.map((row) => header.map((name) => row[name] ?? ''));
  return [
    `    ${counts[ingredient]} recipes with ${ingredient}, minutes on average:\n`,
    textTable([header, ...cells], '      '),
    `    report      ${url}\n`,
    page ? `    page        ${page}\n` : '',
  ].join('');
}

function countLine(title: string, counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return entries.length === 0
    ? ''
    : `    ${title}: ${entries.map(([name, count]) => `${printableLine(name)} ${count}`).join(', ')}\n`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
