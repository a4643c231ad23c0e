/** Functions of text and bytes. */
import { call, type Column, type Operand } from '../column.ts';
import { many, one, oneOrTwo, three, two, twoAnd, twoOrThree } from './call.ts';

export const text = {
  ascii: one('ascii'),
  /** Bytes to base64 text. */
  base64: one('base64'),
  bitLength: one('bit_length'),
  /** Both ends; without a second argument spaces only. */
  btrim: oneOrTwo('btrim'),
  char: one('char'),
  concatWs: (separator: Operand, ...columns: readonly Operand[]): Column => call('concat_ws', separator, ...columns),
  contains: two('contains'),
  /** A number as text from one base to another: `conv(text, 16, 10)`. */
  conv: three('conv'),
  crc32: one('crc32'),
  /** Bytes to text by the name of a charset. */
  decode: two('decode'),
  /** Text to bytes by the name of a charset. */
  encode: two('encode'),
  endsWith: two('endswith'),
  hex: one('hex'),
  initcap: one('initcap'),
  /** Position of the second text in the first, from 1; 0 where it is not. */
  instr: two('instr'),
  isValidUtf8: one('is_valid_utf8'),
  /** The first n characters. */
  left: two('left'),
  /** In characters; of bytes, in bytes. */
  length: one('length'),
  levenshtein: two('levenshtein'),
  like: two('like'),
  /** Position of the first text in the second, from 1; 0 where it is not. */
  locate: twoAnd('locate', 1),
  lower: one('lower'),
  /** Fills up, or cuts, to a length: `lpad(text, 8, '0')`. */
  lpad: twoOrThree('lpad'),
  /** Left end, spaces. */
  ltrim: one('ltrim'),
  makeValidUtf8: one('make_valid_utf8'),
  md5: one('md5'),
  /** In bytes. */
  octetLength: one('octet_length'),
  overlay: many('overlay'),
  regexpCount: two('regexp_count'),
  /** The group of the first match; '' where nothing matches, null for null. Group 0 is the whole match. */
  regexpExtract: twoOrThree('regexp_extract'),
  /** The group of every match, an array. */
  regexpExtractAll: twoOrThree('regexp_extract_all'),
  regexpInstr: twoOrThree('regexp_instr'),
  /** Every match replaced; `$1` in the replacement is a group. */
  regexpReplace: three('regexp_replace'),
  regexpSubstr: two('regexp_substr'),
  repeat: two('repeat'),
  /** Every occurrence replaced, no pattern. */
  replace: twoOrThree('replace'),
  /** Text or array backwards. */
  reverse: one('reverse'),
  /** The last n characters. */
  right: two('right'),
  rlike: two('rlike'),
  rpad: twoOrThree('rpad'),
  /** Right end, spaces. */
  rtrim: one('rtrim'),
  sha1: one('sha1'),
  /** Hexadecimal text; bits are 224, 256, 384 or 512. */
  sha2: two('sha2'),
  /** An array; the separator is a regular expression. */
  split: twoAnd('split', -1),
  splitPart: three('split_part'),
  startsWith: two('startswith'),
  /** `substring(text, from, length)`, counted from 1. */
  substring: twoOrThree('substring'),
  substringIndex: three('substring_index'),
  /** Characters of the second text replaced by those of the third, one by one. */
  translate: three('translate'),
  /** Both ends, spaces. */
  trim: one('trim'),
  /** Base64 text to bytes. */
  unbase64: one('unbase64'),
  unhex: one('unhex'),
  upper: one('upper'),
  urlDecode: one('url_decode'),
  urlEncode: one('url_encode'),
  validateUtf8: one('validate_utf8'),
} as const;
