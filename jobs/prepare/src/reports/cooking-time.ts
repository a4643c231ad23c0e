/** How long recipes with the ingredient of a report take, by level: from the table to rows and counts. */
import { type DataFrame, functions as F } from 'spark-connect';
import { toCsv } from '../csv.ts';
import { difficulty } from './difficulty.ts';
import { hasIngredient } from './ingredient.ts';
import type { Report } from './report.ts';
import { SOURCES } from './sources.ts';

/** Sum and number of one level; `difficulty` is its name, and null for recipes whose total time is unknown. */
export interface LevelTotals {
  readonly difficulty: string | null;
  readonly recipes: bigint;
  readonly total_seconds: bigint | null;
}

/** @param recipes the published partition of one day, in which a recipe occurs once */
export function levelTotals(recipes: DataFrame, { ingredient, levels }: Report): DataFrame {
  const seconds = F.col('total_time_seconds');
  return recipes
    .filter(hasIngredient(F.col('ingredients'), ingredient))
    .groupBy(difficulty(seconds, levels).as('difficulty'))
    .agg({ recipes: F.count(F.lit(1)), total_seconds: F.sum(seconds) });
}

/** Column to cell. */
export type Row = Readonly<Record<string, string | number>>;

/** @returns the levels in their order; a level without recipes has no row */
export function reportRows({ levels, columns }: Report, totals: readonly LevelTotals[]): Row[] {
  return levels.flatMap(({ name: level }) => {
    const found = totals.find((row) => row.difficulty === level);
    if (found === undefined) return [];
    return [Object.fromEntries(columns.map(({ name, as }) => [name, SOURCES[as].valueOf(level, found)]))];
  });
}

/** The rows under the names of the columns. */
export const reportCsv = ({ columns }: Report, rows: readonly Row[]): string =>
  toCsv(
    columns.map(({ name }) => name),
    rows,
  );

/** Number of recipes with the ingredient: all, by its word; of unknown total time; and by level. */
export function reportCounts({ ingredient, levels }: Report, totals: readonly LevelTotals[]): Record<string, number> {
  const of = (level: string | null): number => Number(totals.find((row) => row.difficulty === level)?.recipes ?? 0);
  const counts = { unknownTotal: of(null), ...Object.fromEntries(levels.map(({ name }) => [name, of(name)])) };
  return { [ingredient]: Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts };
}
