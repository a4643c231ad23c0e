/** HTML character references in text, decoded exactly once: `&amp;lt;` becomes `&lt;`. */
import { characterEntities } from 'character-entities';
import { type Column, functions as F } from 'spark-connect';

/** A reference without its ampersand. The semicolon is required: in free text `&copy` is more often text than a reference. */
const REFERENCE = '^(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});';
const REPLACEMENT = 0xfffd;

/** Code points 0x80..0x9f mean windows-1252 in HTML (WHATWG, numeric character reference end state); 0 where undefined. */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018,
  0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
];

/**
 * @param text a string column
 * @returns the text with named (HTML5) and numeric references decoded; null stays null, what is no reference stays as it is
 */
export function decodeEntities(text: Column): Column {
  // What follows an ampersand, up to the next, is decoded by itself, so nothing is decoded twice. The reference is taken out
  // first: Spark evaluates an expression as often as it is written down in a lambda.
  const pieces = F.transform(F.split(text, F.lit('&')), (piece) =>
    F.struct({ piece, reference: F.regexpExtract(piece, REFERENCE, 1) }),
  );
  const decoded = F.transform(pieces, (each, index) =>
    F.when(index.eq(0), each.getField('piece')).otherwise(
      decodePiece(each.getField('piece'), each.getField('reference')),
    ),
  );
  // Most text holds no ampersand at all; the guard makes decoding free for it.
  return F.when(F.contains(text, F.lit('&')), F.arrayJoin(decoded, '')).otherwise(text);
}

/** @param reference '' where the piece does not begin with one */
function decodePiece(piece: Column, reference: Column): Column {
  const characters = F.when(reference.eq(''), F.lit(null))
    .when(F.startsWith(reference, F.lit('#')), fromCodePoint(codePoint(reference)))
    .otherwise(F.tryElementAt(namedReferences(), reference));
  const rest = F.substring(piece, F.length(reference).plus(2), F.length(piece));
  return F.coalesce(F.concat(characters, rest), F.concat(F.lit('&'), piece));
}

/** Spark looks a key up from the first to the last, so what is met most comes first. */
const FREQUENT =
  'amp lt gt quot apos nbsp frac12 frac14 frac34 deg eacute egrave agrave ccedil ntilde uuml ouml auml'.split(' ');

/** Two strings instead of 4,000 literals keep the plan small; the optimizer folds them into one map. */
function namedReferences(): Column {
  const others = Object.keys(characterEntities).filter((name) => !FREQUENT.includes(name));
  const names = [...FREQUENT, ...others];
  const characters = names.map((name) => characterEntities[name]).join('\0');
  return F.mapFromArrays(F.split(F.lit(names.join(' ')), F.lit(' ')), F.split(F.lit(characters), F.lit('\0')));
}

function codePoint(reference: Column): Column {
  const isHex = F.lower(F.substring(reference, 2, 1)).eq('x');
  const hex = F.conv(F.substring(reference, 3, 6), 16, 10);
  const written = F.when(isHex, hex)
    .otherwise(F.substring(reference, 2, 7))
    .cast('int');
  const remapped = F.elementAt(F.array(...WINDOWS_1252.map((code) => F.lit(code))), written.minus(0x7f));
  return F.when(written.eq(0).or(written.between(0xd800, 0xdfff)).or(written.gt(0x10ffff)), F.lit(REPLACEMENT))
    .when(written.between(0x80, 0x9f).and(remapped.ne(0)), remapped)
    .otherwise(written);
}

/** Spark's `chr` stops at 255, so the character is made from its four UTF-32 bytes. */
function fromCodePoint(code: Column): Column {
  return F.decode(F.unhex(F.lpad(F.hex(code), 8, '0')), 'UTF-32');
}
