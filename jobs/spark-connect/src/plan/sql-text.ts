/** Decides whether SQL text surely is a query, which may run as often as its frame is used. */

const BEFORE_THE_FIRST_WORD = /^(?:[\s(]|--.*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/;
const QUERY = /^(?:SELECT|VALUES|TABLE)\b/i;
/** These begin queries, and inserts as well. */
const MAY_BE_BOTH = /^(?:WITH|FROM)\b/i;
const CHANGE = /\b(?:INSERT|MERGE|UPDATE|DELETE)\b/i;

/** @returns false also for a query that looks as if it might be a command */
export function isQuery(text: string): boolean {
  const statement = text.replace(BEFORE_THE_FIRST_WORD, '');
  return QUERY.test(statement) || (MAY_BE_BOTH.test(statement) && !CHANGE.test(statement));
}
