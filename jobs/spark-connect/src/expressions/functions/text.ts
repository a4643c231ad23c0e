/** Functions of text and bytes. */
import { call, type Column, type Operand } from '../column.ts';
import { many, one, oneOrTwo, type Subject, subject, subjects, three, two, twoAnd, twoOrThree } from './call.ts';

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
  /** How many characters must change to make one text the other. PySpark: `levenshtein`. */
  levenshtein: two('levenshtein'),
  /** `like(text, pattern)` with SQL's `%` and `_`. PySpark: `like`. */
  like: two('like'),
  /** Position of the first text in the second, from 1; 0 where it is not. A third says where to begin. PySpark: `locate`. */
  locate: (part: Operand, column: Subject, from: Operand = 1): Column =>
    call('locate', part, subject('locate', column), from),
  /** Small letters. PySpark: `lower`. */
  lower: one('lower'),
  /** Fills up at the left, or cuts, to a length: `lpad(text, 8, '0')`. PySpark: `lpad`. */
  lpad: twoOrThree('lpad'),
  /** Without the spaces at the left end. PySpark: `ltrim`. */
  ltrim: one('ltrim'),
  /** Bytes that are no UTF-8 become U+FFFD. PySpark: `make_valid_utf8`. */
  makeValidUtf8: one('make_valid_utf8'),
  /** Hexadecimal text of 32 digits. PySpark: `md5`. */
  md5: one('md5'),
  /** In bytes. PySpark: `octet_length`. */
  octetLength: one('octet_length'),
  /** `overlay(text, replacement, from)`, from 1; a fourth says how many characters go. PySpark: `overlay`. */
  overlay: many('overlay'),
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
  /** Without the spaces at the right end. PySpark: `rtrim`. */
  rtrim: one('rtrim'),
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
  /** Without the spaces at both ends. PySpark: `trim`. */
  trim: one('trim'),
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
} as const;
