/** The reports of schema/schemas.yml: what is not known or cannot be made is refused before anything is read. */
import { LakeError } from 'lake';
import { didYouMean, loadYaml, readLayout } from 'runtime';
import { type Report, reportOf, reportProblems, type ReportRow } from './report.ts';
import { SOURCES } from './sources.ts';

const text = { type: 'string', minLength: 1 };
const minutes = { type: 'integer', minimum: 1, maximum: 1_000_000 };
const object = (required: string[], properties: object) => {
  return { type: 'object', additionalProperties: false, required, properties };
};
const list = (items: object) => ({ type: 'array', minItems: 1, items });

const REPORT = object(['ingredient', 'levels', 'columns'], {
  ingredient: { type: 'string', pattern: '^[a-z]+$' },
  levels: list(object(['name'], { name: text, from: minutes, above: minutes, to: minutes, below: minutes })),
  columns: list(object(['name', 'type', 'as'], { name: text, type: text, as: { enum: Object.keys(SOURCES) } })),
  manifests: text,
});
export const FILE = {
  type: 'object',
  required: ['reports'],
  properties: { reports: { type: 'object', minProperties: 1, additionalProperties: REPORT } },
};

/** @returns the reports in the order of the file @throws LakeError config naming the report and what is wrong */
export function loadReports(file: string): readonly Report[] {
  const { reports: rows } = loadYaml(file, FILE) as { reports: Readonly<Record<string, ReportRow>> };
  const reports = Object.entries(rows).map(([name, row]) => reportOf(name, row));
  const problems = reportProblems(reports, readLayout(file).topFolders);
  if (problems.length > 0) throw new LakeError('config', `${file}: ${problems.slice(0, 5).join('; ')}`);
  return reports;
}

/** @param name of one report; undefined for all @throws LakeError usage for a name that no report has */
export function chooseReports<R extends { readonly name: string }>(
  reports: readonly R[],
  name: string | undefined,
): readonly R[] {
  if (name === undefined) return reports;
  const chosen = reports.filter((report) => report.name === name);
  if (chosen.length > 0) return chosen;
  const known = reports.map((report) => report.name);
  throw new LakeError('usage', `unknown report --report ${JSON.stringify(name)}${didYouMean(name, known)}`);
}
