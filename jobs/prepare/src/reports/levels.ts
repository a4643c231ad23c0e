/** The levels of a report: ranges of the total cooking time, which together cover every time once. */

/** Limits in minutes; `from` and `to` are in the level, `above` and `below` are not. */
export interface Level {
  readonly name: string;
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
}

interface Limit {
  /** As schema/schemas.yml says it, such as `below: 30`. */
  readonly text: string;
  readonly minutes: number;
  readonly isIncluded: boolean;
}

/** @returns where the level begins; undefined where it has no lower limit */
const lowerLimit = ({ from, above }: Level): Limit | undefined =>
  from === undefined ? limit('above', above, false) : limit('from', from, true);

/** @returns where the level ends; undefined where it has no upper limit */
export const upperLimit = ({ to, below }: Level): Limit | undefined =>
  to === undefined ? limit('below', below, false) : limit('to', to, true);

function limit(word: string, minutes: number | undefined, isIncluded: boolean): Limit | undefined {
  return minutes === undefined ? undefined : { text: `${word}: ${minutes}`, minutes, isIncluded };
}

/** @returns what keeps the levels from covering every time exactly once */
export function levelProblems(levels: readonly Level[]): string[] {
  const single = levels.flatMap((level) => ownProblem(level) ?? []);
  if (single.length > 0) return single;
  const [first, last] = [levels.at(0), levels.at(-1)];
  const [lowest, highest] = [first && lowerLimit(first), last && upperLimit(last)];
  return [
    ...(lowest
      ? [`level ${first?.name} begins with ${lowest.text}, so shorter times are in no level; drop that limit`]
      : []),
    ...levels.slice(1).flatMap((level, index) => borderProblem(levels[index]!, level) ?? []),
    ...(highest
      ? [`level ${last?.name} ends with ${highest.text}, so longer times are in no level; drop that limit`]
      : []),
  ];
}

function ownProblem(level: Level): string | undefined {
  const { name, from, above, to, below } = level;
  if (from !== undefined && above !== undefined) return `level ${name} has both from and above; keep one`;
  if (to !== undefined && below !== undefined) return `level ${name} has both to and below; keep one`;
  const [lower, upper] = [lowerLimit(level), upperLimit(level)];
  if (lower === undefined || upper === undefined || isBefore(lower, upper)) return undefined;
  return `level ${name} is empty: no time fits ${lower.text} and ${upper.text}`;
}

/** Whether any time lies between, both limits counted where they are included. */
const isBefore = (lower: Limit, upper: Limit): boolean =>
  lower.minutes < upper.minutes || (lower.minutes === upper.minutes && lower.isIncluded && upper.isIncluded);

/** A level begins exactly where the one before it ends: one of the two includes the limit. */
function borderProblem(before: Level, after: Level): string | undefined {
  const [upper, lower] = [upperLimit(before), lowerLimit(after)];
  if (upper === undefined) return `levels ${before.name} and ${after.name} overlap: ${before.name} has no upper limit`;
  if (lower === undefined) return `levels ${before.name} and ${after.name} overlap: ${after.name} has no lower limit`;
  if (upper.minutes === lower.minutes && upper.isIncluded !== lower.isIncluded) return undefined;
  const what = isBefore(lower, upper) ? 'overlap' : 'leave a gap';
  const next = `${upper.isIncluded ? 'above' : 'from'}: ${upper.minutes}`;
  const ends = `${before.name} ends with ${upper.text}, ${after.name} begins with ${lower.text}`;
  return `levels ${before.name} and ${after.name} ${what}: ${ends}; let ${after.name} begin with ${next}`;
}
