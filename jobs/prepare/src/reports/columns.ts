/** The columns of a report, from schema/schemas.yml. */
import { LakeError } from 'lake';
import { loadYaml } from 'runtime';

interface ReportColumn {
  readonly name: string;
  readonly type: string;
}

const COLUMN = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type'],
  properties: { name: { type: 'string' }, type: { type: 'string' } },
};
const FILE = {
  type: 'object',
  required: ['reports'],
  properties: { reports: { type: 'object', additionalProperties: { type: 'array', minItems: 1, items: COLUMN } } },
};

/** @throws LakeError config where the file does not describe the report */
export function reportColumns(file: string, report: string): readonly ReportColumn[] {
  const { reports } = loadYaml(file, FILE) as { reports: Readonly<Record<string, readonly ReportColumn[]>> };
  const columns = reports[report];
  if (columns === undefined) throw new LakeError('config', `${file}: reports lacks ${report}`);
  return columns;
}
