/** Whether a recipe has an ingredient, by the words of its ingredient lines. */
import { type Column, functions as F } from 'spark-connect';

/**
 * @param lines array of ingredient lines
 * @param word letters only
 * @returns true where a line holds the word in any case; a longer word ("beefsteak") is another word
 */
export function hasIngredient(lines: Column, word: string): Column {
  // Spelled out instead of \b, whose idea of a letter differs between Java versions.
  const pattern = `(?i)(^|[^\\p{L}\\p{N}_])${word}([^\\p{L}\\p{N}_]|$)`;
  // The end of a line is no letter, so all lines are searched as one text.
  const text = F.arrayJoin(lines, '\n');
  // Most recipes lack the word altogether, and a plain search finds that out at a third of the cost.
  const mayHave = F.contains(F.lower(text), F.lit(word.toLowerCase()));
  return F.when(mayHave, F.rlike(text, pattern)).otherwise(false);
}
