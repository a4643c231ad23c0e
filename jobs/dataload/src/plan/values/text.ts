/** White space and blankness of text, decided as `String.prototype.trim` decides them. */
import { type Column, functions as F } from 'spark-connect';

/** What ECMAScript calls white space and line terminators; Spark's own trim knows the space only. */
const WHITE_SPACE =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

export function trim(text: Column): Column {
  return F.btrim(text, F.lit(WHITE_SPACE));
}

export function isBlank(text: Column): Column {
  return trim(text).eq('');
}

/** '' becomes null. Unlike CASE, nullif evaluates the text once. */
export function emptyToNull(text: Column): Column {
  return F.callFunction('nullif', text, F.lit(''));
}
