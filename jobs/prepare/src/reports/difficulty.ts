/** How hard a recipe is, by its total cooking time. The boundaries are stated here and nowhere else. */
import { type Column, functions as F } from 'spark-connect';

/** In the order of the report. */
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

const MEDIUM_FROM_SECONDS = 30 * 60;
const HARD_ABOVE_SECONDS = 60 * 60;

/** @returns easy below 30 minutes, medium from 30 to 60 minutes, both included, hard above; null where the total is unknown */
export function difficulty(totalSeconds: Column): Column {
  return F.when(totalSeconds.lt(BigInt(MEDIUM_FROM_SECONDS)), F.lit('easy'))
    .when(totalSeconds.le(BigInt(HARD_ABOVE_SECONDS)), F.lit('medium'))
    .when(totalSeconds.isNotNull(), F.lit('hard'));
}
