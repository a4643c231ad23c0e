/** A text of several lines as an array of its lines. */
import { type Column, functions as F } from 'spark-connect';
import { trim } from './text.ts';

/** Replacing is far cheaper than splitting by a pattern. */
export function splitLines(text: Column): Column {
  const lineEnds = F.replace(F.replace(text, F.lit('\r\n'), F.lit('\n')), F.lit('\r'), F.lit('\n'));
  return F.split(lineEnds, F.lit('\n'));
}

export function withoutBlankLines(lines: Column): Column {
  return F.filter(F.transform(lines, trim), (line) => line.ne(''));
}
