/** JSON that is valid, but more than Spark's parser reads. */
import { type Column, functions as F } from 'spark-connect';

/** Objects and arrays in one another. Spark's parser takes a thousand, one of which is {@link parse}'s wrapping. */
const MAX_DEPTH = 999;
const MAX_NUMBER_LENGTH = 1000;
const MAX_KEY_LENGTH = 50_000;

/** The rule that a line breaks, and what it tells. */
export const PARSER_LIMITS: Readonly<Record<string, string>> = {
  too_deep: `the JSON is nested deeper than ${MAX_DEPTH} levels, which is as deep as Spark reads`,
  number_too_long: `a number has more than ${MAX_NUMBER_LENGTH} characters, which is as many as Spark reads`,
  key_too_long: `a key has more than ${MAX_KEY_LENGTH} characters, which is as many as Spark reads`,
};

/**
 * @param line JSON text that could not be parsed
 * @returns which of {@link PARSER_LIMITS} it exceeds; null where another fault must be the cause
 */
export function exceededLimit(line: Column): Column {
  const withoutEscapes = F.replace(F.replace(line, F.lit(String.raw`\\`)), F.lit(String.raw`\"`));
  const withoutTexts = F.regexpReplace(withoutEscapes, '"[^"]*+"', '""');
  return F.when(depth(withoutTexts).gt(MAX_DEPTH), 'too_deep')
    .when(F.rlike(withoutTexts, `[-+.0-9eE]{${MAX_NUMBER_LENGTH + 1}}`), 'number_too_long')
    .when(F.rlike(withoutEscapes, `"[^"]{${MAX_KEY_LENGTH + 1}}[^"]*+"[ \\t\\r]*:`), 'key_too_long');
}

/** How many brackets are open at most. */
function depth(withoutTexts: Column): Column {
  const brackets = F.regexpReplace(withoutTexts, String.raw`[^\[\]{}]++`, '');
  const nesting = (open: Column, deepest: Column): Column => F.struct({ open, deepest });
  const walked = F.aggregate(F.split(brackets, F.lit('')), nesting(F.lit(0), F.lit(0)), (at, bracket) => {
    const open = at.getField('open').plus(F.when(bracket.isin('[', '{'), 1).otherwise(-1));
    return nesting(open, F.greatest(at.getField('deepest'), open));
  });
  // Most broken lines have few brackets: they need not be walked through.
  return F.when(F.length(brackets).gt(MAX_DEPTH), walked.getField('deepest'));
}
