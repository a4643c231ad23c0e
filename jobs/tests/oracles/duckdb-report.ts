/** A report of cooking times by SQL, from judged rows or from a lake's published partition; of beef unless it is told otherwise. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { loadTable, queryJson, withDuckDb } from './duckdb-session.ts';
import type { RecipeRow } from './row.ts';

/** What the report must be, said apart from schema/schemas.yml. */
export interface OwedReport {
  readonly word: string;
  /** Of the level and of its average. */
  readonly header: readonly [string, string];
  /** Limits in minutes. */
  readonly levels: readonly {
    readonly name: string;
    readonly above?: number;
    readonly from?: number;
    readonly to?: number;
    readonly below?: number;
  }[];
}

const BEEF: OwedReport = {
  word: 'beef',
  header: ['difficulty', 'avg_total_cooking_time'],
  levels: [
    { name: 'easy', below: 30 },
    { name: 'medium', from: 30, to: 60 },
    { name: 'hard', above: 60 },
  ],
};

export interface DuckDbReport {
  readonly csv: string;
  /** Level -> recipes that its average is made of; only levels that have a row. */
  readonly recipes: Readonly<Record<string, number>>;
  /** Recipes with the word whose total time is unknown. */
  readonly unknownTotals: number;
}

interface ReportLine {
  readonly name: string;
  readonly minutes: number;
  readonly recipes: number;
}

const SQL = readFileSync(new URL('./duckdb-report.sql', import.meta.url), 'utf8');

/** The report that `prepare` owes for these rows. */
export async function reportFromRows(rows: readonly RecipeRow[], owed: OwedReport = BEEF): Promise<DuckDbReport> {
  return withDuckDb(async (connection) => {
    const parts = rows.flatMap(({ total_time_seconds: total, ingredients }, recipe) =>
      ingredients.map((part): [number, string | null, string] => [recipe, total?.toString() ?? null, part]),
    );
    await loadTable(connection, 'part', 'recipe INTEGER, total_time_seconds VARCHAR, ingredient VARCHAR', parts);
    await connection.run(`CREATE TABLE recipe AS
      SELECT total_time_seconds::BIGINT AS total_time_seconds, list(ingredient) AS ingredients
      FROM part GROUP BY recipe, total_time_seconds`);
    return report(connection, owed);
  });
}

/** The report that `prepare` owes for what is published of a day. The date is YYYY-MM-DD, the lake a local folder. */
export async function reportFromLake(lakeDir: string, date: string, owed: OwedReport = BEEF): Promise<DuckDbReport> {
  const objects = join(lakeDir, 'recipes', '**', '*.parquet').replaceAll("'", "''");
  return withDuckDb(async (connection) => {
    await connection.run(`CREATE TABLE recipe AS
      SELECT total_time_seconds, ingredients FROM read_parquet('${objects}', hive_partitioning = true)
      WHERE make_date(year::BIGINT, month::BIGINT, day::BIGINT) = DATE '${date}'`);
    return report(connection, owed);
  });
}

const LEVEL_COLUMNS =
  'place INTEGER, name VARCHAR, above_seconds INTEGER, from_seconds INTEGER, to_seconds INTEGER, below_seconds INTEGER';

async function report(connection: DuckDBConnection, { word, header, levels }: OwedReport): Promise<DuckDbReport> {
  const seconds = (minutes: number | undefined): number | null => (minutes === undefined ? null : minutes * 60);
  const rows = levels.map(({ name, above, from, to, below }, place) => [
    place,
    name,
    ...[above, from, to, below].map(seconds),
  ]);
  await loadTable(connection, 'level', LEVEL_COLUMNS, rows);
  await connection.run(`SET VARIABLE word = '${word}'`);
  await connection.run(SQL);
  const lines = await queryJson<ReportLine>(connection, 'FROM level_report');
  const [unknown] = await queryJson<{ recipes: number }>(
    connection,
    'SELECT count(*) AS recipes FROM level_recipe WHERE name IS NULL',
  );
  const cells = lines.map((line) => `${line.name},${String(line.minutes)}\n`);
  return {
    csv: `${header.join(',')}\n${cells.join('')}`,
    recipes: Object.fromEntries(lines.map((line) => [line.name, line.recipes])),
    unknownTotals: unknown?.recipes ?? 0,
  };
}
