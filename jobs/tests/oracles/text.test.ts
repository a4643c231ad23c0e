import { describe, expect, test } from '@jest/globals';
import { decodeEntities, toLines, toText, toTrimmed } from './text.ts';

const character = (code: number): string => String.fromCodePoint(code);

describe('decodeEntities', () => {
  test.each([
    ['Mac &amp; Cheese', 'Mac & Cheese'],
    ['&amp;lt;', '&lt;'],
    ['&#38;lt;', '&lt;'],
    ['cr&egrave;me &Egrave;', 'crème È'],
    ['&#233;&#xE9;&#XE9;', 'ééé'],
    ['&#0000038;|&#00000038;', '&|&#00000038;'],
    ['&#x000026;|&#x0000026;', '&|&#x0000026;'],
    ['&#128;&#x99;', '€™'],
    ['&#129;', '\u{81}'],
    ['&#0;&#xD800;&#xDFFF;&#x110000;&#9999999;', '\u{fffd}'.repeat(5)],
    ['&#x10FFFF;', '\u{10ffff}'],
    ['&NotEqualTilde;', '\u{2242}\u{338}'],
    ['&amp &copy 2019 &eacute', '&amp &copy 2019 &eacute'],
    ['&unknown; &Amp; &notit; &; &#; &#x; &#xG; & amp;', '&unknown; &Amp; &notit; &; &#; &#x; &#xG; & amp;'],
    ['&&amp;&', '&&&'],
    ['AT&T, R&D; x', 'AT&T, R&D; x'],
  ])('%j reads %j', (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });

  test('numbers from 128 to 159 follow the windows-1252 table of the platform', () => {
    const windows1252 = new TextDecoder('windows-1252');
    for (let code = 0x80; code <= 0x9f; code += 1) {
      expect([code, decodeEntities(`&#${String(code)};`)]).toEqual([code, windows1252.decode(Uint8Array.of(code))]);
    }
  });

  test('all other numbers are themselves, or the replacement character', () => {
    const wrong: number[] = [];
    for (let code = 1; code <= 0x110010; code += code < 0x3000 ? 1 : 97) {
      if (code >= 0x80 && code <= 0x9f) continue;
      const isNone = (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff;
      const expected = isNone ? '\u{fffd}' : character(code);
      if (decodeEntities(`&#x${code.toString(16)};`) !== expected) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });
});

describe('conversions', () => {
  test('text is decoded before it is trimmed, an address is not decoded at all', () => {
    expect(toText(' &nbsp;Beef&#32; ')).toBe('Beef');
    expect(toText('&nbsp;')).toBeNull();
    expect(toText(undefined)).toBeNull();
    expect(toTrimmed('\u{feff} https://a.example/?x&amp;y\r\n')).toBe('https://a.example/?x&amp;y');
  });

  test('trimming takes what JavaScript calls white space and nothing else', () => {
    expect(
      toTrimmed('\t\n\u{b}\f\r \u{a0}\u{1680}\u{2000}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}'),
    ).toBeNull();
    expect(toTrimmed('\u{85}a\u{200b}')).toBe('\u{85}a\u{200b}');
    expect(toTrimmed('\u{1c}a\u{180e}')).toBe('\u{1c}a\u{180e}');
  });

  test('lines split at CRLF, LF and CR before entities are decoded', () => {
    expect(toLines(' a \r\n\r\nb\rc&#10;d\n&nbsp;\n\u{2028}e\u{2028}f')).toEqual(['a', 'b', 'c\nd', 'e\u{2028}f']);
  });
});
