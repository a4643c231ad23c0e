/** The report of beef recipes by SQL, from judged rows or from a lake's published partition. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { loadTable, queryJson, withDuckDb } from './duckdb-session.ts';
import type { RecipeRow } from './row.ts';

export interface BeefReport {
  readonly csv: string;
  /** Level -> recipes that its average is made of; only levels that have a row. */
  readonly recipes: Readonly<Record<string, number>>;
  /** Recipes with beef whose total time is unknown. */
  readonly unknownTotals: number;
}

interface ReportLine {
  readonly difficulty: string;
  /** Minutes. */
  readonly avg_total_cooking_time: number;
  readonly recipes: number;
}

const SQL = readFileSync(new URL('./duckdb-report.sql', import.meta.url), 'utf8');

/** The report that `prepare` owes for these rows. */
export async function reportFromRows(rows: readonly RecipeRow[]): Promise<BeefReport> {
  return withDuckDb(async (connection) => {
    const parts = rows.flatMap(({ total_time_seconds: total, ingredients }, recipe) =>
      ingredients.map((part): [number, string | null, string] => [recipe, total?.toString() ?? null, part]),
    );
    await loadTable(connection, 'part', 'recipe INTEGER, total_time_seconds VARCHAR, ingredient VARCHAR', parts);
    await connection.run(`CREATE TABLE recipe AS
      SELECT total_time_seconds::BIGINT AS total_time_seconds, list(ingredient) AS ingredients
      FROM part GROUP BY recipe, total_time_seconds`);
    return report(connection);
  });
}

/** The report that `prepare` owes for what is published of a day. The date is YYYY-MM-DD, the lake a local folder. */
export async function reportFromLake(lakeDir: string, date: string): Promise<BeefReport> {
  const objects = join(lakeDir, 'recipes', '**', '*.parquet').replaceAll("'", "''");
  return withDuckDb(async (connection) => {
    await connection.run(`CREATE TABLE recipe AS
      SELECT total_time_seconds, ingredients FROM read_parquet('${objects}', hive_partitioning = true)
      WHERE make_date(year::BIGINT, month::BIGINT, day::BIGINT) = DATE '${date}'`);
    return report(connection);
  });
}

async function report(connection: DuckDBConnection): Promise<BeefReport> {
  await connection.run(SQL);
  const lines = await queryJson<ReportLine>(connection, 'FROM beef_report');
  const [unknown] = await queryJson<{ recipes: number }>(
    connection,
    'SELECT count(*) AS recipes FROM beef_recipe WHERE difficulty IS NULL',
  );
  const rows = lines.map((line) => `${line.difficulty},${String(line.avg_total_cooking_time)}\n`);
  return {
    csv: `difficulty,avg_total_cooking_time\n${rows.join('')}`,
    recipes: Object.fromEntries(lines.map((line) => [line.difficulty, line.recipes])),
    unknownTotals: unknown?.recipes ?? 0,
  };
}
