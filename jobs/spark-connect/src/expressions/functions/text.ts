/** Functions of text and bytes. */
import { call, type Column, type Operand } from '../column.ts';
import {
  defaults,
  many,
  one,
  oneOrTwo,
  type Subject,
  subject,
  subjects,
  textAnd,
  textAndMany,
  textAndOneOrTwo,
  three,
  trimmed,
  two,
  twoAnd,
  twoOrThree,
} from './call.ts';

export const text = {
  /** The code of the first character, INT. PySpark: `ascii`. */
  ascii: one('ascii'),
  /** Bytes to base64 text. PySpark: `base64`. */
  base64: one('base64'),
  /** How many bits, eight for each byte. PySpark: `bit_length`. */
  bitLength: one('bit_length'),
  /** Without the spaces at both ends, or without the characters of a second argument. PySpark: `btrim`. */
  btrim: oneOrTwo('btrim'),
  /** The character of a code. PySpark: `char`. */
  char: one('char'),
  /** Texts, and elements of arrays, with a separator between them; nulls are left out. PySpark: `concat_ws`. */
  concatWs: (separator: Operand, ...columns: readonly Operand[]): Column =>
    call('concat_ws', separator, ...subjects('concat_ws', columns)),
  /** Whether the second is somewhere in the first. PySpark: `contains`. */
  contains: two('contains'),
  /** A number as text from one base to another: `conv(text, 16, 10)`. PySpark: `conv`. */
  conv: three('conv'),
  /** Checksum of bytes or text, BIGINT. PySpark: `crc32`. */
  crc32: one('crc32'),
  /** Bytes to text by the name of a charset. PySpark: `decode`. */
  decode: two('decode'),
  /** Text to bytes by the name of a charset. PySpark: `encode`. */
  encode: two('encode'),
  /** Whether the first ends with the second. PySpark: `endswith`. */
  endsWith: two('endswith'),
  /** Hexadecimal text of a whole number, bytes or text. PySpark: `hex`. */
  hex: one('hex'),
  /** The first letter of each word large, the others small. PySpark: `initcap`. */
  initcap: one('initcap'),
  /** Position of the second text in the first, from 1; 0 where it is not. PySpark: `instr`. */
  instr: two('instr'),
  /** Whether the bytes of the text are right UTF-8. PySpark: `is_valid_utf8`. */
  isValidUtf8: one('is_valid_utf8'),
  /** The first n characters. PySpark: `left`. */
  left: two('left'),
  /** In characters; of bytes, in bytes. PySpark: `length`. */
  length: one('length'),
  /** How many characters must change to make one text the other; -1 beyond a limit where one is given. PySpark: `levenshtein`. */
  levenshtein: twoOrThree('levenshtein'),
  /** `like(text, pattern)` with SQL's `%` and `_`; what escapes them may follow. PySpark: `like`. */
  like: twoOrThree('like'),
  /** Position of the first text in the second, from 1; 0 where it is not. A third says where to begin. PySpark: `locate`. */
  locate: (part: Operand, column: Subject, from: Operand = 1): Column =>
    call('locate', part, subject('locate', column), from),
  /** Small letters. PySpark: `lower`. */
  lower: one('lower'),
  /** Fills up at the left, or cuts, to a length: `lpad(text, 8, '0')`. PySpark: `lpad`. */
  lpad: twoOrThree('lpad'),
  /** Without the spaces, or these characters, at the left end. PySpark: `ltrim`. */
  ltrim: trimmed('ltrim'),
  /** Bytes that are no UTF-8 become U+FFFD. PySpark: `make_valid_utf8`. */
  makeValidUtf8: one('make_valid_utf8'),
  /** Hexadecimal text of 32 digits. PySpark: `md5`. */
  md5: one('md5'),
  /** In bytes. PySpark: `octet_length`. */
  octetLength: one('octet_length'),
  /** `overlay(text, replacement, from)`, from 1; a fourth says how many characters go, all of the replacement unless said. PySpark: `overlay`. */
  overlay: defaults('overlay', 3, [-1]),
  /** How often the pattern matches. PySpark: `regexp_count`. */
  regexpCount: two('regexp_count'),
  /** A group of the first match, 1 unless said; '' without a match. Group 0 is all of it. PySpark: `regexp_extract`. */
  regexpExtract: twoOrThree('regexp_extract'),
  /** The group of every match, an array. PySpark: `regexp_extract_all`. */
  regexpExtractAll: twoOrThree('regexp_extract_all'),
  /** Position of the first match, from 1; 0 without one. PySpark: `regexp_instr`. */
  regexpInstr: twoOrThree('regexp_instr'),
  /** Every match replaced; `$1` in the replacement is a group. PySpark: `regexp_replace`. */
  regexpReplace: three('regexp_replace'),
  /** The first match, null without one. PySpark: `regexp_substr`. */
  regexpSubstr: two('regexp_substr'),
  /** The text n times. PySpark: `repeat`. */
  repeat: two('repeat'),
  /** Every occurrence replaced, no pattern; without a third argument taken out. PySpark: `replace`. */
  replace: twoOrThree('replace'),
  /** Text or array backwards. PySpark: `reverse`. */
  reverse: one('reverse'),
  /** The last n characters. PySpark: `right`. */
  right: two('right'),
  /** Whether a Java regular expression is found anywhere in the text. PySpark: `rlike`. */
  rlike: two('rlike'),
  /** As {@link lpad}, at the right. PySpark: `rpad`. */
  rpad: twoOrThree('rpad'),
  /** Without the spaces, or these characters, at the right end. PySpark: `rtrim`. */
  rtrim: trimmed('rtrim'),
  /** Hexadecimal text of 40 digits. PySpark: `sha1`. */
  sha1: one('sha1'),
  /** Hexadecimal text; bits are 224, 256, 384 or 512. PySpark: `sha2`. */
  sha2: two('sha2'),
  /** An array; the separator is a regular expression, a third argument the most parts. PySpark: `split`. */
  split: twoAnd('split', -1),
  /** `splitPart(text, separator, n)`, from 1, from the end where negative; '' where there is none. PySpark: `split_part`. */
  splitPart: three('split_part'),
  /** Whether the first starts with the second. PySpark: `startswith`. */
  startsWith: two('startswith'),
  /** `substring(text, from, length)`, counted from 1. PySpark: `substring`. */
  substring: twoOrThree('substring'),
  /** What is before the nth separator; for a negative n what is behind it, from the end. PySpark: `substring_index`. */
  substringIndex: three('substring_index'),
  /** Characters of the second text replaced by those of the third, one by one. PySpark: `translate`. */
  translate: three('translate'),
  /** Without the spaces, or these characters, at both ends. PySpark: `trim`. */
  trim: trimmed('trim'),
  /** Base64 text to bytes. PySpark: `unbase64`. */
  unbase64: one('unbase64'),
  /** Hexadecimal text to bytes. PySpark: `unhex`. */
  unhex: one('unhex'),
  /** Large letters. PySpark: `upper`. */
  upper: one('upper'),
  /** Back from {@link urlEncode}; what is not encoded is an error. PySpark: `url_decode`. */
  urlDecode: one('url_decode'),
  /** As in a form: `a b` is `a+b`. PySpark: `url_encode`. */
  urlEncode: one('url_encode'),
  /** The text, or an error where it is no UTF-8. PySpark: `validate_utf8`. */
  validateUtf8: one('validate_utf8'),
  /** As {@link char}. PySpark: `chr`. */
  chr: one('chr'),
  /** As {@link length}. PySpark: `char_length`. */
  charLength: one('char_length'),
  /** As {@link length}. PySpark: `character_length`. */
  characterLength: one('character_length'),
  /** `collate(text, 'UNICODE_CI')`: compared by this collation from here on. PySpark: `collate`. */
  collate: two('collate'),
  /** The name of its collation. PySpark: `collation`. */
  collation: one('collation'),
  /** `elt(n, first, second, …)`: the nth of them, from 1. PySpark: `elt`. */
  elt: many('elt'),
  /** Position, from 1, of a text in one with commas; 0 where it is not. PySpark: `find_in_set`. */
  findInSet: textAnd('find_in_set'),
  /** With commas between thousands, and so many decimals. PySpark: `format_number`. */
  formatNumber: two('format_number'),
  /** `formatString('%d %s', n, s)`, as printf does. PySpark: `format_string`. */
  formatString: textAndMany('format_string'),
  /** As {@link like}, small and large letters alike. PySpark: `ilike`. */
  ilike: twoOrThree('ilike'),
  /** As {@link lower}. PySpark: `lcase`. */
  lcase: one('lcase'),
  /** As {@link length}. Not in PySpark. */
  len: one('len'),
  /** Whether the digits of the text pass the check of Luhn, as card numbers do. Not in PySpark. */
  luhnCheck: one('luhn_check'),
  /** Letters and digits hidden: large ones by X, small ones by x, digits by n, the rest kept; or by what follows, in this order. PySpark: `mask`. */
  mask: defaults('mask', 1, ['X', 'x', 'n', null]),
  /** As {@link locate}. PySpark: `position`. */
  position: textAndOneOrTwo('position'),
  /** As {@link formatString}. PySpark: `printf`. */
  printf: textAndMany('printf'),
  /** In single quotes, those inside escaped. PySpark: `quote`. */
  quote: one('quote'),
  /** As {@link rlike}. PySpark: `regexp`. */
  regexp: two('regexp'),
  /** As {@link rlike}. PySpark: `regexp_like`. */
  regexpLike: two('regexp_like'),
  /** An array of sentences, each an array of words; language and country may follow. PySpark: `sentences`. */
  sentences: defaults('sentences', 1, ['', '']),
  /** As {@link sha1}. PySpark: `sha`. */
  sha: one('sha'),
  /** A code of how an English word sounds. PySpark: `soundex`. */
  soundex: one('soundex'),
  /** So many spaces. Not in PySpark. */
  space: one('space'),
  /** As {@link substring}. PySpark: `substr`. */
  substr: twoOrThree('substr'),
  /** Text to bytes by a format: `hex` unless said, `utf-8`, `base64`. PySpark: `to_binary`. */
  toBinary: oneOrTwo('to_binary'),
  /** As {@link toBinary}, null for what does not fit. PySpark: `try_to_binary`. */
  tryToBinary: oneOrTwo('try_to_binary'),
  /** A number, time or bytes as text by a format, such as `999.99`. PySpark: `to_char`. */
  toChar: two('to_char'),
  /** As {@link toChar}. PySpark: `to_varchar`. */
  toVarchar: two('to_varchar'),
  /** Text to DECIMAL by a format, such as `999.99`. PySpark: `to_number`. */
  toNumber: two('to_number'),
  /** As {@link toNumber}, null for what does not fit. PySpark: `try_to_number`. */
  tryToNumber: two('try_to_number'),
  /** As {@link urlDecode}, null for what is not encoded. PySpark: `try_url_decode`. */
  tryUrlDecode: one('try_url_decode'),
  /** Null where the text is no UTF-8. PySpark: `try_validate_utf8`. */
  tryValidateUtf8: one('try_validate_utf8'),
  /** `parseUrl(url, 'HOST')`; for `QUERY` a third argument names the key. PySpark: `parse_url`. */
  parseUrl: twoOrThree('parse_url'),
  /** As {@link parseUrl}, null for what is no URL. PySpark: `try_parse_url`. */
  tryParseUrl: twoOrThree('try_parse_url'),
  /** As {@link upper}. PySpark: `ucase`. */
  ucase: one('ucase'),

  // Ciphers.
  /** `aesEncrypt(bytes, key)`; mode, padding, start vector and what is signed too may follow. PySpark: `aes_encrypt`. */
  aesEncrypt: defaults('aes_encrypt', 2, ['GCM', 'DEFAULT', '', '']),
  /** `aesDecrypt(bytes, key)`; mode, padding and what is signed too may follow. PySpark: `aes_decrypt`. */
  aesDecrypt: defaults('aes_decrypt', 2, ['GCM', 'DEFAULT', '']),
  /** As {@link aesDecrypt}, null where it fails. PySpark: `try_aes_decrypt`. */
  tryAesDecrypt: defaults('try_aes_decrypt', 2, ['GCM', 'DEFAULT', '']),
} as const;
