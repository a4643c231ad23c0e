/** What a report is, as schema/schemas.yml lists it, and what is wrong with one; its levels are in levels.ts. */
import type { ReportPlace } from 'lake';
import { type Level, levelProblems } from './levels.ts';
import { type ColumnSource, SOURCES } from './sources.ts';

export interface ReportColumn {
  readonly name: string;
  readonly type: string;
  /** What it holds. */
  readonly as: ColumnSource;
}

/** A row of schema/schemas.yml without its name. */
export interface ReportRow {
  /** Word of an ingredient line. */
  readonly ingredient: string;
  readonly levels: readonly Level[];
  readonly columns: readonly ReportColumn[];
  /** Folder of its manifests; its name where this is left out. */
  readonly manifests?: string;
}

export interface Report extends ReportRow, ReportPlace {}

export function reportOf(name: string, row: ReportRow): Report {
  return { name, step: row.manifests ?? name, ...row };
}

/** Names become keys and cells, which must need no quoting. */
const NAME = /^[a-z][a-z0-9_]*$/;
const SPELLING = 'must begin with a letter and hold only a-z, 0-9 and _';
const OTHER_STEPS: ReadonlySet<string> = new Set(['landing', 'dataload']);

/**
 * @param topFolders of the lake, with which a report must not mix
 * @returns sentences, each naming the report and what is wrong; none where all reports can be made
 */
export function reportProblems(reports: readonly Report[], topFolders: readonly string[]): string[] {
  return reports.flatMap((report, index) => {
    const problems = [
      ...placeProblems(report, reports.slice(0, index), topFolders),
      ...levelProblems(report.levels),
      ...countProblems(report),
      ...columnProblems(report),
    ];
    return problems.map((problem) => `reports.${report.name}: ${problem}`);
  });
}

function placeProblems({ name, step }: Report, before: readonly Report[], topFolders: readonly string[]): string[] {
  if (!NAME.test(name)) return [`the name ${JSON.stringify(name)} ${SPELLING}`];
  if (!NAME.test(step)) return [`manifests ${JSON.stringify(step)} ${SPELLING}`];
  if (topFolders.includes(name)) return [`the lake has a folder ${name} already; choose another name`];
  const same = before.find((other) => other.step === step)?.name;
  const owner = OTHER_STEPS.has(step) ? step : same && `reports.${same}`;
  return owner === undefined ? [] : [`its manifests would mix with those of ${owner}; choose another name for them`];
}

/** The counts of a run are one object: recipes, the ingredient, unknownTotal, and each level. */
function countProblems({ ingredient, levels }: Report): string[] {
  const names = ['recipes', 'unknownTotal', ingredient, ...levels.map(({ name }) => name)];
  const wrong = levels
    .filter(({ name }) => !NAME.test(name))
    .map(({ name }) => `level ${JSON.stringify(name)} ${SPELLING}`);
  return [
    ...wrong,
    ...twice(names).map((name) => `the counts would hold ${name} twice; rename the level or the ingredient`),
  ];
}

function columnProblems({ columns }: Report): string[] {
  return [
    ...columns.filter(({ name }) => !NAME.test(name)).map(({ name }) => `column ${JSON.stringify(name)} ${SPELLING}`),
    ...twice(columns.map(({ name }) => name)).map((name) => `two columns are named ${name}; rename one`),
    ...columns
      .filter(({ type, as }) => type !== SOURCES[as].type)
      .map(({ name, type, as }) => `column ${name} is of type ${type}, but ${as} is a ${SOURCES[as].type}`),
  ];
}

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
