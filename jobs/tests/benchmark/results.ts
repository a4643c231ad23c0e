/** Whether two makers of a day made the same of it: what is not the same need not be compared in speed. */
import { globSync, readFileSync } from 'node:fs';
import { queryJson, withDuckDb } from '../oracles/duckdb-session.ts';

/** Where a maker put its results. */
export interface Results {
  readonly name: string;
  /** One Parquet object. */
  readonly table: string;
  /** JSON lines; a pattern of any number of files. */
  readonly quarantine: string;
  readonly report: string;
}

const COLUMNS = [
  'url',
  'name',
  'ingredients',
  'cook_time_seconds',
  'prep_time_seconds',
  'total_time_seconds',
  'recipe_yield',
  'image',
  'description',
  'date_published',
].join(', ');

/** @throws Error with what differs */
export async function assertSame(ours: Results, others: readonly Results[]): Promise<void> {
  for (const other of others) {
    const [rows] = await withDuckDb((connection) =>
      queryJson<{ ours: number; theirs: number }>(connection, differences(ours.table, other.table)),
    );
    const different = { ...rows, quarantined: lines(ours.quarantine) - lines(other.quarantine) };
    if (Object.values(different).some((count) => count !== 0))
      throw new Error(`dataload and ${other.name} made different days: ${JSON.stringify(different)}`);
    const [our, their] = [ours, other].map(({ report }) => averages(report));
    if (JSON.stringify(our) !== JSON.stringify(their))
      throw new Error(`prepare and ${other.name} made different reports: ${JSON.stringify([our, their])}`);
  }
}

/** Rows that only one of the two tables has. */
const differences = (ours: string, theirs: string): string => {
  const rows = (file: string): string => `SELECT ${COLUMNS} FROM read_parquet('${file}')`;
  const only = (one: string, other: string): string =>
    `(SELECT count(*) FROM (${rows(one)} EXCEPT ALL ${rows(other)}))`;
  return `SELECT ${only(ours, theirs)} AS ours, ${only(theirs, ours)} AS theirs`;
};

const read = (pattern: string): string[] => globSync(pattern).map((file) => readFileSync(file, 'utf8'));

const lines = (pattern: string): number =>
  read(pattern).reduce((sum, text) => sum + text.split('\n').filter((line) => line !== '').length, 0);

/** A sum may be divided in another order: ten digits are the same for everybody. */
function averages(pattern: string): [level: string, minutes: string][] {
  const rows = read(pattern).flatMap((text) => text.trim().split('\n').slice(1));
  return rows
    .map((row): [string, string] => {
      const [level = '', minutes = ''] = row.split(',');
      return [level, Number(minutes).toPrecision(10)];
    })
    .toSorted(([one], [other]) => one.localeCompare(other));
}
