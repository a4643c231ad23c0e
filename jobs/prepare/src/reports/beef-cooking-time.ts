/** The report `difficulty,avg_total_cooking_time`: how long recipes with beef take on average, in minutes. */
import { type DataFrame, functions as F } from 'spark-connect';
import { DIFFICULTIES, difficulty, type Difficulty } from './difficulty.ts';
import { hasIngredient } from './ingredient.ts';

/** Sum and number of one level; `difficulty` is null for recipes whose total time is unknown. */
export interface LevelTotals {
  readonly difficulty: Difficulty | null;
  readonly recipes: bigint;
  readonly total_seconds: bigint | null;
}

/** @param recipes the published partition of one day, in which a recipe occurs once */
export function levelTotals(recipes: DataFrame): DataFrame {
  const seconds = F.col('total_time_seconds');
  return recipes
    .filter(hasIngredient(F.col('ingredients'), 'beef'))
    .groupBy(difficulty(seconds).as('difficulty'))
    .agg({ recipes: F.count(F.lit(1)), total_seconds: F.sum(seconds) });
}

export interface ReportRow {
  readonly difficulty: Difficulty;
  readonly avg_total_cooking_time: number;
}

/**
 * @returns easy, medium, hard; a level without recipes has no row.
 * minutes = total seconds / (60 x recipes) in one division: dividing twice would differ in the last digit.
 */
export function reportRows(totals: readonly LevelTotals[]): ReportRow[] {
  return DIFFICULTIES.flatMap((level) => {
    const found = totals.find((row) => row.difficulty === level);
    if (found === undefined) return [];
    return [{ difficulty: level, avg_total_cooking_time: Number(found.total_seconds) / (60 * Number(found.recipes)) }];
  });
}

export interface ReportCounts {
  readonly beef: number;
  readonly unknownTotal: number;
  readonly easy: number;
  readonly medium: number;
  readonly hard: number;
}

/** Number of recipes with beef: all, of unknown total time, and by level. */
export function reportCounts(totals: readonly LevelTotals[]): ReportCounts {
  const of = (level: Difficulty | null): number => Number(totals.find((row) => row.difficulty === level)?.recipes ?? 0);
  const counts = { unknownTotal: of(null), easy: of('easy'), medium: of('medium'), hard: of('hard') };
  return { beef: Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts };
}
