/** The status of days as rows and remarks for people. */
import type { DayStatus, Finding } from 'lake';
import { printableLine } from 'runtime';
import { ageText, countText, sizeText } from './format.ts';
import type { MissingDays } from 'watch';

type Cell = string | number;

const HEADER: readonly Cell[] = ['date', 'landed', 'table', 'rows', 'quarantined', 'warnings', 'age'];

/** The header and a row a day; several reports have a column each, one is simply the report. */
export function statusTable(days: readonly DayStatus[]): (readonly Cell[])[] {
  const names = days[0]?.reports?.map(({ name }) => name) ?? ['report'];
  return [[...HEADER, ...names, 'run'], ...days.map(statusRow)];
}

function statusRow(day: DayStatus): Cell[] {
  return [
    day.date,
    landedText(day),
    day.table,
    day.rows ?? '-',
    day.quarantined ?? '-',
    Object.values(day.warnings).reduce((sum, count) => sum + count, 0) + day.findings.length,
    day.ageSeconds === null ? '-' : ageText(day.ageSeconds),
    ...(day.reports?.map(({ report }) => report) ?? [day.report]),
    day.runId ?? '-',
  ];
}

function landedText({ landed, landingProblem }: DayStatus): string {
  if (landingProblem !== null) return 'unreadable';
  if (landed === null) return 'nothing';
  const files = landed.files === 0 ? [] : [`${countText(landed.files, 'file')}, ${sizeText(landed.sizeBytes)}`];
  return [...files, ...(landed.hasKafka ? ['kafka.parquet'] : [])].join(' + ');
}

/** What a row cannot hold. */
export function statusRemarks(day: DayStatus): string[] {
  const { restoredFrom, healed, findings, warnings } = day;
  const names = Object.entries(warnings).map(([name, count]) => `${name} ${count}`);
  const remarks = [
    ...unusableTexts(day),
    ...changeTexts(day),
    ...laterTexts(day),
    ...(restoredFrom === null
      ? []
      : [
          `version ${restoredFrom.versionId} of run ${restoredFrom.runId ?? 'unknown'} was brought back; a run replaces it with --replace-restored only`,
        ]),
    ...healed.map((job) => `the current manifest of ${job} was brought up to date`),
    ...(names.length === 0 ? [] : [`warnings: ${names.join(', ')}`]),
    ...findings.map(findingText),
    ...rejectedTexts(day),
  ];
  return remarks.map((remark) => lineOf(day, remark));
}

/** Of the remarks those that nobody may leave as they are, and that no missing day tells of. */
export function faultRemarks(day: DayStatus): string[] {
  const rejected = day.table === 'rejected' ? [] : rejectedTexts(day);
  return [...unusableTexts(day), ...rejected].map((fault) => lineOf(day, fault));
}

/** @param problem why Kafka could not be asked; null where it was, or need not be */
export const kafkaRemarks = (problem: string | null): string[] =>
  problem === null ? [] : [`whether Kafka has more than what landed is not known: ${problem}`];

const lineOf = ({ date }: DayStatus, text: string): string => printableLine(`${date}: ${text}`);

function unusableTexts(day: DayStatus): string[] {
  return [
    ...(day.landingProblem === null ? [] : [day.landingProblem]),
    ...(day.table === 'no manifest'
      ? ['no manifest knows the content of the table: it was put there by something else']
      : []),
    ...reportTexts(day),
  ];
}

/** What was rejected before the day was published is history. */
function rejectedTexts({ rejected, publishedAt }: DayStatus): string[] {
  return rejected
    .filter(({ at }) => publishedAt === null || at > publishedAt)
    .map(
      ({ job, runId, at, findings }) =>
        `${job} run ${runId} was rejected at ${at}: ${findings.map(findingText).join('; ')}`,
    );
}

function reportTexts({ report, reports }: DayStatus): string[] {
  const text = 'no manifest knows the content of the report';
  if (reports === undefined) return report === 'no manifest' ? [text] : [];
  return reports.filter((each) => each.report === 'no manifest').map(({ name }) => `${text} ${name}`);
}

const MAX_CHANGES = 5;

function changeTexts({ landingChanges }: DayStatus): string[] {
  if (landingChanges.length === 0) return [];
  const changes = landingChanges.slice(0, MAX_CHANGES).map(({ name, change }) => `${name} ${change}`);
  const more = landingChanges.length > MAX_CHANGES ? ` and ${landingChanges.length - MAX_CHANGES} more` : '';
  return [`the landing folder is not what the table was made of: ${changes.join(', ')}${more}`];
}

function laterTexts({ later, landedKafka }: DayStatus): string[] {
  if (later === null || (later.records === 0 && later.isWhole)) return [];
  const landed = `${countText(landedKafka?.rows ?? 0, 'record')} that landed`;
  const looked = later.isWhole ? '' : '; only the first that came after the landing were looked at';
  const more = later.records === 0 ? 'no more records' : countText(later.records, 'more record');
  return [`Kafka has ${more} of the day than the ${landed}${looked}`];
}

const findingText = ({ severity, code, message }: Finding): string => `${severity} ${code}: ${message}`;

export function missingText(missing: MissingDays): string {
  return `${missingDaysText(missing)}\n${missing.command === null ? '' : `  ${missing.command}\n`}`;
}

/** Days and command on one line. */
export function missingLine(missing: MissingDays): string {
  return missingDaysText(missing) + (missing.command === null ? '' : `: ${missing.command}`);
}

function missingDaysText({ kind, from, to, advice }: MissingDays): string {
  return `${from === to ? from : `${from} to ${to}`}: ${kind} (${advice})`;
}
