/** How hard a recipe is, by its total cooking time and the levels of the report. */
import { type Column, functions as F } from 'spark-connect';
import { type Level, upperLimit } from './levels.ts';

/**
 * @param levels from the easiest, each from where the one before ends; the last has no upper limit
 * @returns the name of the level; null where the total is unknown
 */
export function difficulty(totalSeconds: Column, levels: readonly Level[]): Column {
  const [first, ...others] = levels.map((level) => [isBelowEnd(totalSeconds, level), F.lit(level.name)] as const);
  if (first === undefined) throw new Error('a report has at least one level');
  return others.reduce((column, [condition, name]) => column.when(condition, name), F.when(...first));
}

/** Whether a total is in the level, once it is in none before. */
function isBelowEnd(totalSeconds: Column, level: Level): Column {
  const end = upperLimit(level);
  if (end === undefined) return totalSeconds.isNotNull();
  const seconds = BigInt(end.minutes * 60);
  return end.isIncluded ? totalSeconds.le(seconds) : totalSeconds.lt(seconds);
}
