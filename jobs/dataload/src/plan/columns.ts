/** Conversions of an event's texts into the columns of the table: the `as` of schema/schemas.yml. */
import { type Column, functions as F } from 'spark-connect';
import { toDate } from './values/date.ts';
import { durationSeconds } from './values/duration.ts';
import { decodeAll } from './values/entities.ts';
import { splitLines, withoutBlankLines } from './values/lines.ts';
import { emptyToNull, trim } from './values/text.ts';

/** From the one or two columns named by `from` to the table's column; null where the text says nothing, or nothing valid. */
type Conversion = (first: Column, second: Column) => Column;

/** A conversion that decodes: into pieces before that, so that what is decoded does not part them, and from the pieces after it. */
interface Decoding {
  /** @returns array<string> */
  readonly pieces: (text: Column) => Column;
  readonly ofPieces: (decoded: Column) => Column;
}

/** Kept apart, since decoding is the largest part of a plan: whoever converts many fields decodes the pieces of all at once. */
export const decodings: Readonly<Record<string, Decoding>> = {
  text: { pieces: (text) => F.array(text), ofPieces: (decoded) => emptyToNull(trim(decoded.getItem(0))) },
  lines: { pieces: splitLines, ofPieces: withoutBlankLines },
};

const decoding = ({ pieces, ofPieces }: Decoding): Conversion => {
  return (text) => ofPieces(decodeAll([text], [pieces(text)]).getItem(0));
};

export const conversions: Readonly<Record<string, Conversion>> = {
  trimmed: (text) => emptyToNull(trim(text)),
  ...Object.fromEntries(Object.entries(decodings).map(([as, parts]) => [as, decoding(parts)])),
  seconds: durationSeconds,
  sum: (first, second) => F.coalesce(first.plus(second), first, second),
  date: toDate,
  event: (event) => event,
};
