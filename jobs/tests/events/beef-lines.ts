/** Ingredient lines at the borders of the word of the report. */

export const BEEF = ['beef', 'Beef broth', '2 lb BEEF chuck', '"bEEf"', 'corned-beef', 'beef\u{301}', 'beef’s fat'];

export const NO_BEEF = [
  '',
  'beefsteak tomato',
  'roastbeef',
  'beefbeef',
  'beef_stock',
  '1beef',
  '2beef',
  'beef2',
  '牛肉beef',
  'éBeef',
  // Letters and digits above U+FFFF, which are two of a language that counts in 16 bits.
  '\u{1d400}beef',
  'beef\u{1d400}',
  '\u{1d7d9}beef',
  'bœuf',
  'be ef',
  'be',
  'ef',
];
