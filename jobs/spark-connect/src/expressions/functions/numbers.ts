/** Functions of numbers. */
import { call, type Column, type Operand } from '../column.ts';
import { from, none, one, oneOrTwo, three, two, type Subject, subject } from './call.ts';

export const numbers = {
  /** Without its sign. PySpark: `abs`. */
  abs: one('abs'),
  /** Up to a whole number, or to so many decimals. PySpark: `ceil`. */
  ceil: oneOrTwo('ceil'),
  /** Banker's rounding, to a whole number or to so many decimals. PySpark: `bround`. */
  bround: oneOrTwo('bround'),
  /** e to this power. PySpark: `exp`. */
  exp: one('exp'),
  /** Down to a whole number, or to so many decimals. PySpark: `floor`. */
  floor: oneOrTwo('floor'),
  /** To the base e; null where it is not above zero. PySpark: `ln`. */
  ln: one('ln'),
  /** The remainder, never below zero for a divisor above it. PySpark: `pmod`. */
  pmod: two('pmod'),
  /** The first to the power of the second, DOUBLE. PySpark: `pow`. */
  pow: two('power'),
  /** Between 0 and 1; give a seed. PySpark: `rand`. */
  rand: one('rand'),
  /** Half away from zero, to a whole number or to so many decimals. PySpark: `round`. */
  round: oneOrTwo('round'),
  /** -1, 0 or 1, DOUBLE. PySpark: `signum`. */
  signum: one('signum'),
  /** NaN below zero. PySpark: `sqrt`. */
  sqrt: one('sqrt'),
  /** Null on overflow. PySpark: `try_add`. */
  tryAdd: two('try_add'),
  /** Null where the second is zero. PySpark: `try_divide`. */
  tryDivide: two('try_divide'),
  /** Null on overflow. PySpark: `try_multiply`. */
  tryMultiply: two('try_multiply'),
  /** Null on overflow. PySpark: `try_subtract`. */
  trySubtract: two('try_subtract'),

  // Roots, powers, logarithms.
  /** The cube root, DOUBLE. PySpark: `cbrt`. */
  cbrt: one('cbrt'),
  /** As {@link ceil}. PySpark: `ceiling`. */
  ceiling: oneOrTwo('ceiling'),
  /** The whole part of a division, BIGINT; zero is an error. Not in PySpark. */
  div: two('div'),
  /** Euler's number. PySpark: `e`. */
  e: none('e'),
  /** As {@link exp}, less one, exact for small values. PySpark: `expm1`. */
  expm1: one('expm1'),
  /** Of 0 to 20, BIGINT; null outside. PySpark: `factorial`. */
  factorial: one('factorial'),
  /** The longest side of a right triangle: the root of the sum of squares. PySpark: `hypot`. */
  hypot: two('hypot'),
  /** `log(base, value)`, or of one value to the base e; null where it is not above zero. PySpark: `log`. */
  log: (first: Subject, second?: Operand): Column =>
    second === undefined ? call('ln', subject('log', first)) : call('log', subject('log', first), second),
  /** To the base 10; null where it is not above zero. PySpark: `log10`. */
  log10: one('log10'),
  /** As {@link ln} of the value plus one, exact for small values. PySpark: `log1p`. */
  log1p: one('log1p'),
  /** To the base 2; null where it is not above zero. PySpark: `log2`. */
  log2: one('log2'),
  /** The remainder, with the sign of the first. Not in PySpark. */
  mod: two('mod'),
  /** The second where the first is NaN. PySpark: `nanvl`. */
  nanvl: two('nanvl'),
  /** As {@link negative}. PySpark: `negate`. */
  negate: one('negative'),
  /** With the other sign. PySpark: `negative`. */
  negative: one('negative'),
  /** The number. PySpark: `pi`. */
  pi: none('pi'),
  /** The value itself. PySpark: `positive`. */
  positive: one('positive'),
  /** As {@link pow}. PySpark: `power`. */
  power: two('power'),
  /** To the nearest whole number, a half to the even one; DOUBLE. PySpark: `rint`. */
  rint: one('rint'),
  /** As {@link signum}. PySpark: `sign`. */
  sign: one('sign'),
  /** Null where the second is zero. PySpark: `try_mod`. */
  tryMod: two('try_mod'),
  /** `widthBucket(value, min, max, n)`: the number, from 1, of the value's part of n equal ones; 0 and n + 1 outside. PySpark: `width_bucket`. */
  widthBucket: from('width_bucket', 4, 4),
  /** Zero where it is null. PySpark: `zeroifnull`. */
  zeroIfNull: one('zeroifnull'),
  /** Null where it is zero. PySpark: `nullifzero`. */
  nullIfZero: one('nullifzero'),

  // Angles, in radians unless said.
  /** The arc cosine, in radians; NaN outside -1..1. PySpark: `acos`. */
  acos: one('acos'),
  /** The inverse hyperbolic cosine. PySpark: `acosh`. */
  acosh: one('acosh'),
  /** The arc sine, in radians; NaN outside -1..1. PySpark: `asin`. */
  asin: one('asin'),
  /** The inverse hyperbolic sine. PySpark: `asinh`. */
  asinh: one('asinh'),
  /** The arc tangent, in radians. PySpark: `atan`. */
  atan: one('atan'),
  /** `atan2(y, x)`: the angle of a point, in radians. PySpark: `atan2`. */
  atan2: two('atan2'),
  /** The inverse hyperbolic tangent. PySpark: `atanh`. */
  atanh: one('atanh'),
  /** The cosine of radians. PySpark: `cos`. */
  cos: one('cos'),
  /** The hyperbolic cosine. PySpark: `cosh`. */
  cosh: one('cosh'),
  /** The cotangent of radians. PySpark: `cot`. */
  cot: one('cot'),
  /** The cosecant of radians. PySpark: `csc`. */
  csc: one('csc'),
  /** Radians to degrees. PySpark: `degrees`. */
  degrees: one('degrees'),
  /** Degrees to radians. PySpark: `radians`. */
  radians: one('radians'),
  /** The secant of radians. PySpark: `sec`. */
  sec: one('sec'),
  /** The sine of radians. PySpark: `sin`. */
  sin: one('sin'),
  /** The hyperbolic sine. PySpark: `sinh`. */
  sinh: one('sinh'),
  /** The tangent of radians. PySpark: `tan`. */
  tan: one('tan'),
  /** The hyperbolic tangent. PySpark: `tanh`. */
  tanh: one('tanh'),

  // Bits.
  /** A whole number in binary digits, as text. PySpark: `bin`. */
  bin: one('bin'),
  /** How many bits are set, INT. PySpark: `bit_count`. */
  bitCount: one('bit_count'),
  /** The bit at a position, from 0 at the right: 0 or 1. PySpark: `bit_get`. */
  bitGet: two('bit_get'),
  /** Every bit turned. PySpark: `bitwise_not`. */
  bitwiseNot: one('~'),
  /** As {@link bitGet}. PySpark: `getbit`. */
  getbit: two('getbit'),
  /** So many bits to the left. PySpark: `shiftleft`. */
  shiftLeft: two('shiftleft'),
  /** So many bits to the right; the sign stays. PySpark: `shiftright`. */
  shiftRight: two('shiftright'),
  /** So many bits to the right, filled with zeros. PySpark: `shiftrightunsigned`. */
  shiftRightUnsigned: two('shiftrightunsigned'),

  // Chance; give a seed.
  /** Of the standard normal distribution, by a seed. PySpark: `randn`. */
  randn: one('randn'),
  /** As {@link rand}. PySpark: `random`. */
  random: one('rand'),
  /** `randstr(length, seed)`: letters and digits. PySpark: `randstr`. */
  randstr: two('randstr'),
  /** `uniform(min, max, seed)`: a number between, of the type of both. PySpark: `uniform`. */
  uniform: three('uniform'),
} as const;
