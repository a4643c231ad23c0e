/** JSON escapes of half a character, as a text has them that was cut through an emoji. JSON allows them; Spark's parser does not. */
import { type Column, functions as F } from 'spark-connect';

const HIGH = '\\\\u[dD][89abAB][0-9a-fA-F]{2}';
const LOW = '\\\\u[dD][c-fC-F][0-9a-fA-F]{2}';
const HALF = `${HIGH}(?!${LOW})|(?<!${HIGH})${LOW}`;
/** Stands for an escaped backslash meanwhile. JSON never holds it as it is, and a line that does is left alone. */
const PLACEHOLDER = '\u0001';
const ESCAPED_BACKSLASH = String.raw`\\`;

/**
 * @param line JSON text
 * @returns the line with U+FFFD for each half of a character; null where there is none
 */
export function withoutHalfCharacters(line: Column): Column {
  // Without its escaped backslashes every backslash of the text begins an escape.
  const plain = F.replace(line, F.lit(ESCAPED_BACKSLASH), F.lit(PLACEHOLDER));
  const whole = F.regexpReplace(plain, HALF, '\ufffd');
  const mayHaveHalf = F.rlike(line, String.raw`\\u[dD][89a-fA-F]`).and(F.contains(line, F.lit(PLACEHOLDER)).not());
  return F.when(mayHaveHalf, F.replace(whole, F.lit(PLACEHOLDER), F.lit(ESCAPED_BACKSLASH)));
}
