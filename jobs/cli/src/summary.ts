/** What the local run tells a person: progress while it works, then a short summary. */
import type { LakeError } from 'lake';
import type { ReportRow } from 'prepare';
import type { Summary } from 'runtime';
import { textTable } from './table.ts';

interface Told {
  readonly counts: {
    readonly read: number;
    readonly published: number;
    readonly superseded: number;
    readonly quarantined: number;
    readonly blank: number;
    readonly reasons: Readonly<Record<string, number>>;
    readonly warnings: Readonly<Record<string, number>>;
    readonly unknownFields: Readonly<Record<string, number>>;
    readonly beef: number;
  };
  readonly rows: readonly ReportRow[];
  readonly table: string;
  readonly quarantine: string | null;
  readonly report: string;
  readonly timings: { readonly startedAt: string; readonly [step: `${string}Ms`]: number };
}

export function daySummary(date: string, [loaded, prepared]: readonly Summary[]): string {
  if (loaded === undefined) return '';
  const text = [`\n${date}\n`, jobLine(loaded)];
  if (loaded.outcome !== 'failed') text.push(loadedDetails(loaded as unknown as Told));
  if (prepared !== undefined) {
    text.push(jobLine(prepared));
    if (prepared.outcome !== 'failed') text.push(reportDetails(prepared as unknown as Told));
  }
  return text.join('');
}

export function failureSummary(error: LakeError): string {
  return `error: ${error.message}\n       (exit ${error.exitCode}; ${error.advice})\n`;
}

export function totalSummary(ends: { lake: string; output: string; elapsedMs: number }): string {
  return `\nlake    ${ends.lake}\noutput  ${ends.output}\nfinished in ${seconds(ends.elapsedMs)}\n`;
}

function jobLine(summary: Summary): string {
  if (summary.outcome === 'failed')
    return `  ${summary.job.padEnd(9)} failed, exit code ${summary.exitCode}: ${String(summary['message'])}\n`;
  const { timings } = summary as unknown as Told;
  const steps = Object.entries(timings ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  const total = steps.reduce((sum, [, ms]) => sum + ms, 0);
  const detail = steps.map(([step, ms]) => `${step.slice(0, -2)} ${seconds(ms)}`).join(', ');
  return `  ${summary.job.padEnd(9)} ${summary.outcome} in ${seconds(total)}${detail === '' ? '' : ` (${detail})`}\n`;
}

function loadedDetails({ counts, table, quarantine }: Told): string {
  const { read, published, superseded, quarantined, blank, reasons, warnings, unknownFields } = counts;
  const unknown = Object.entries(unknownFields).map(([field, events]) => `${field} (${events})`);
  return [
    `    ${read} lines = ${published} published + ${superseded} superseded + ${quarantined} quarantined + ${blank} blank\n`,
    countLine('quarantined', reasons),
    countLine('warnings', warnings),
    unknown.length === 0 ? '' : `    unknown fields: ${unknown.join(', ')}\n`,
    table === undefined ? '' : `    table       ${table}\n`,
    quarantine ? `    quarantine  ${quarantine}\n` : '',
  ].join('');
}

function reportDetails({ counts, rows, report }: Told): string {
  const cells = rows.map((row) => [row.difficulty, row.avg_total_cooking_time]);
  return [
    `    ${counts.beef} recipes with beef, minutes on average:\n`,
    textTable([['difficulty', 'avg_total_cooking_time'], ...cells], '      '),
    `    report      ${report}\n`,
  ].join('');
}

function countLine(title: string, counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).toSorted(([, a], [, b]) => b - a);
  return entries.length === 0 ? '' : `    ${title}: ${entries.map(([name, count]) => `${name} ${count}`).join(', ')}\n`;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** One line that is rewritten on a terminal; elsewhere a line for each new text. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  #last = '';

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  say(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#stream.write(this.#stream.isTTY ? `\r\u001B[K${text} …` : `${text}\n`);
  }

  /** More of what is being done; only where the line can be rewritten. */
  detail(text: string): void {
    if (this.#stream.isTTY) this.#stream.write(`\r\u001B[K${this.#last} (${text}) …`);
  }

  clear(): void {
    if (this.#stream.isTTY && this.#last !== '') this.#stream.write('\r\u001B[K');
    this.#last = '';
  }
}
