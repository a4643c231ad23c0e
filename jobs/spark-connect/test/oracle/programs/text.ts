/** Functions of text and bytes; the twin of text.py. */
import { functions as F } from '../../../src/index.ts';
import { type Programs, shown } from '../program.ts';

const [s, t, n] = [F.col('s'), F.col('t'), F.col('n')];

export const textPrograms: Programs = {
  'text-case': shown(F.lower(s), F.upper(s), F.initcap(s)),
  'text-length': shown(F.length(s), F.octetLength(s), F.bitLength(s)),
  'text-trim': shown(F.trim(s), F.ltrim(s), F.rtrim(s)),
  'text-btrim': shown(F.btrim(s), F.btrim(s, 'x')),
  'text-pad': shown(F.lpad(s, 8, '0'), F.rpad(s, 8, ' ')),
  'text-concat-ws': shown(F.concatWs('-', s, t), F.concatWs('', s)),
  'text-search': shown(F.instr(s, 'a'), F.levenshtein(s, t), F.ascii(s)),
  'text-locate': shown(F.locate('a', s, 2)),
  'text-locate-default': shown(F.locate('a', s)),
  'text-tests': shown(F.contains(s, t), F.startsWith(s, 'a'), F.endsWith(s, 'a')),
  'text-patterns': shown(F.like(s, 'a%'), F.rlike(s, '^a')),
  'text-regexp-extract': shown(F.regexpExtract(s, '(a)(b)', 2), F.regexpExtractAll(s, '(a)', 1)),
  'text-regexp-extract-all-default': shown(F.regexpExtractAll(s, '(a)')),
  'text-regexp-replace': shown(F.regexpReplace(s, 'a+', '$0'), F.regexpReplace(s, t, '')),
  'text-regexp-find': shown(F.regexpCount(s, 'a'), F.regexpSubstr(s, 'a+')),
  'text-regexp-instr': shown(F.regexpInstr(s, 'a'), F.regexpInstr(s, '(a)', 1)),
  'text-replace': shown(F.replace(s, 'a', 'b'), F.replace(s, 'a')),
  'text-translate': shown(F.translate(s, 'abc', 'xyz'), F.overlay(s, 'x', 2, 3)),
  'text-substring': shown(F.substring(s, 1, 5), F.substring(s, n, n.plus(1))),
  'text-ends': shown(F.left(s, 3), F.right(s, n)),
  'text-split': shown(F.split(s, ',', 2)),
  'text-split-default': shown(F.split(s, ',')),
  'text-split-part': shown(F.splitPart(s, '.', 1), F.substringIndex(s, '.', -1)),
  'text-repeat': shown(F.repeat(s, 3), F.reverse(s), F.char(n)),
  'text-hex': shown(F.hex(s), F.unhex(s), F.conv(s, 16, 10)),
  'text-base64': shown(F.base64(s), F.unbase64(s)),
  'text-charset': shown(F.encode(s, 'UTF-8'), F.decode(s, 'UTF-16')),
  'text-utf8': shown(F.isValidUtf8(s), F.makeValidUtf8(s), F.validateUtf8(s)),
  'text-digest': shown(F.md5(s), F.sha1(s), F.sha2(s, 256), F.crc32(s)),
  'text-url': shown(F.urlEncode(s), F.urlDecode(s)),
  'text-nested': shown(F.upper(F.trim(F.concatWs(' ', F.lower(s), 'x'))).as('name')),
};
