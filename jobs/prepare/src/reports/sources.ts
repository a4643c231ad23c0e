/** What a column of a report may hold: the `as` of schema/schemas.yml. */
import type { LevelTotals } from './cooking-time.ts';

export type ColumnSource = 'level' | 'average_minutes' | 'recipes';

interface Source {
  readonly type: 'string' | 'double' | 'bigint';
  readonly valueOf: (level: string, totals: LevelTotals) => string | number;
}

export const SOURCES: Readonly<Record<ColumnSource, Source>> = {
  level: { type: 'string', valueOf: (level) => level },
  /** In one division: dividing twice would differ in the last digit. */
  average_minutes: {
    type: 'double',
    valueOf: (_, { total_seconds, recipes }) => Number(total_seconds) / (60 * Number(recipes)),
  },
  recipes: { type: 'bigint', valueOf: (_, { recipes }) => Number(recipes) },
};
