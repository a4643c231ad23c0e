/** HTML character references in text, decoded exactly once: `&amp;lt;` becomes `&lt;`. */
import { characterEntities } from 'character-entities';
import { type Column, functions as F } from 'spark-connect';

/** A reference without its ampersand. The semicolon is required: in free text `&copy` is more often text than a reference. */
const REFERENCE = '^(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});';

/** What 0x80..0x9f mean in HTML, windows-1252 (WHATWG, numeric character reference end state); U+0000 where undefined. */
const WINDOWS_1252 =
  '\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178';

/**
 * @param text a string column
 * @returns the text with named (HTML5) and numeric references decoded; null stays null, what is no reference stays as it is
 */
export function decodeEntities(text: Column): Column {
  // What follows an ampersand, up to the next, is decoded by itself, so nothing is decoded twice. One step finds one thing: in a
  // lambda Spark evaluates an expression as often as it is written down, and analyses it as often too.
  const pieces = F.transform(F.split(text, F.lit('&')), (piece) =>
    F.struct({ piece, reference: F.regexpExtract(piece, REFERENCE, 1) }),
  );
  const found = F.transform(pieces, (each) => {
    const reference = each.getField('reference');
    return F.struct({
      piece: each.getField('piece'),
      reference,
      code: codePoint(reference),
      // Searching for nothing would search all of it.
      place: F.when(
        F.rlike(reference, '^[A-Za-z]'),
        F.instr(F.lit(NAMED), F.concat(F.lit('\0'), reference, F.lit('\t'))),
      ),
    });
  });
  const decoded = F.transform(found, (each, index) =>
    F.when(index.eq(0), each.getField('piece')).otherwise(decodePiece(each)),
  );
  // Most text holds no ampersand at all; the guard makes decoding free for it.
  return F.when(F.contains(text, F.lit('&')), F.arrayJoin(decoded, '')).otherwise(text);
}

/** @param found struct of piece, reference ('' where the piece does not begin with one), code (null for a name), place (null for no name, 0 for an unknown one) */
function decodePiece(found: Column): Column {
  const [piece, reference] = [found.getField('piece'), found.getField('reference')];
  const [code, place] = [found.getField('code'), found.getField('place')];
  const named = F.substring(F.lit(NAMED), place.plus(F.length(reference)).plus(2), MAX_CHARACTERS);
  const characters = F.when(code.isNotNull(), numbered(code)).when(place.gt(0), F.substringIndex(named, '\0', 1));
  const rest = F.substring(piece, F.length(reference).plus(2), F.length(piece));
  return F.coalesce(F.concat(characters, rest), F.concat(F.lit('&'), piece));
}

/** Found by searching from the front, so what is met most comes first. */
const FREQUENT =
  'amp lt gt quot apos nbsp frac12 frac14 frac34 deg eacute egrave agrave ccedil ntilde uuml ouml auml'.split(' ');
const OTHERS = Object.keys(characterEntities).filter((name) => !FREQUENT.includes(name));

/** Every name between NUL and tab, then its one or two characters. One text: Spark would hash a map of 2,000 entries again and again. */
const NAMED = [...FREQUENT, ...OTHERS].map((name) => `\0${name}\t${characterEntities[name]}`).join('');
const MAX_CHARACTERS = 2;

/** @returns null for what is no number */
function codePoint(reference: Column): Column {
  const digits = F.substring(reference, 2, 7);
  return F.when(F.rlike(reference, '^#[0-9]'), digits.cast('int')).when(
    F.startsWith(reference, F.lit('#')),
    F.conv(F.substring(digits, 2, 6), 16, 10).cast('int'),
  );
}

function numbered(code: Column): Column {
  const remapped = F.translate(F.substring(F.lit(WINDOWS_1252), code.minus(0x7f), 1), '\0', '');
  return F.when(code.eq(0).or(code.between(0xd800, 0xdfff)).or(code.gt(0x10ffff)), F.lit('\ufffd'))
    .when(code.between(0x80, 0x9f), F.coalesce(F.callFunction('nullif', remapped, F.lit('')), fromCodePoint(code)))
    .otherwise(fromCodePoint(code));
}

/** Spark's `chr` stops at 255, so the character is made from its four UTF-32 bytes. */
function fromCodePoint(code: Column): Column {
  return F.decode(F.unhex(F.lpad(F.hex(code), 8, '0')), 'UTF-32');
}
