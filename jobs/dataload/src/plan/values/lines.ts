/** A text of several lines as an array of its lines. */
import { type Column, functions as F } from 'spark-connect';
import { decodeEntities } from './entities.ts';
import { trim } from './text.ts';

/** Split first, so that a decoded line end does not make a line; replacing is far cheaper than splitting by a pattern. */
export function toLines(text: Column): Column {
  const lineEnds = F.replace(F.replace(text, F.lit('\r\n'), F.lit('\n')), F.lit('\r'), F.lit('\n'));
  const lines = F.transform(F.split(lineEnds, F.lit('\n')), (line) => trim(decodeEntities(line)));
  return F.filter(lines, (line) => line.ne(''));
}
