/** Operators of columns, and literals; the twin of columns.py. */
import { functions as F } from '../../../src/index.ts';
import { type Programs, shown } from '../program.ts';

const { col, lit, when } = F;
const [a, b, s] = [col('a'), col('b'), col('s')];

const operators: Programs = {
  'column-equal': shown(a.eq(b), a.eq(1), s.eq('x')),
  'column-equal-null-safe': shown(a.eqNullSafe(b), a.eqNullSafe(null)),
  'column-not-equal': shown(a.ne(b), s.ne('x')),
  'column-less': shown(a.lt(b), a.le(1)),
  'column-greater': shown(a.gt(b), a.ge(1.5)),
  'column-and-or-not': shown(a.gt(1).and(b.lt(2)).or(s.eq('x').not())),
  'column-and-literal': shown(a.and(true), a.or(false)),
  'column-arithmetic': shown(a.plus(b), a.minus(1), a.times(2), a.dividedBy(b), a.mod(7)),
  'column-arithmetic-nested': shown(a.plus(1).times(b.minus(2)).dividedBy(3)),
  'column-negate': shown(a.negate()),
  'column-is-null': shown(a.isNull()),
  'column-is-not-null': shown(a.isNotNull()),
  'column-like': shown(s.like('a%')),
  'column-ilike': shown(s.ilike('A_')),
  'column-rlike': shown(s.rlike('^a+$')),
  'column-starts-with': shown(s.startsWith('a'), s.startsWith(b)),
  'column-ends-with': shown(s.endsWith('a')),
  'column-contains': shown(s.contains('a')),
  'column-between': shown(a.between(1, 5), a.between(b, col('c'))),
  'column-isin': shown(a.isin(1, 2, 3), s.isin('x')),
  'column-isin-columns': shown(a.isin(b, lit(1))),
  'column-cast': shown(a.cast('string'), b.cast('array<struct<x:int,y:decimal(10,2)>>')),
  'column-try-cast': shown(s.tryCast('int')),
  'column-as': shown(a.as('x'), a.plus(b).as('a.b `c`')),
  'column-get-field': shown(a.getField('x'), a.getField('x').getField('y'), a.getField('x.y')),
  'column-get-item': shown(a.getItem(0), a.getItem('key'), a.getItem(b)),
  'column-with-field': shown(a.withField('x', 1), a.withField('x.y', b)),
  'column-with-fields': shown(a.withField('x', 1).withField('y', b)),
  'column-drop-fields': shown(a.dropFields('x'), a.dropFields('x', 'y')),
  'column-sort-orders': shown(a.asc(), a.ascNullsLast(), a.desc(), a.descNullsFirst()),
  'column-names': shown(col('a.b'), col('`a.b`'), col('*'), col('t.*')),
  'column-expr': shown(F.expr('a + 1'), F.expr('sum(b) over ()').as('total')),
  'column-when': shown(when(a.gt(1), 'x')),
  'column-when-otherwise': shown(when(a.gt(1), 'x').otherwise('y')),
  'column-when-many': shown(when(a.gt(1), b).when(a.isNull(), 0).when(s.eq('x'), a.plus(1)).otherwise(null)),
  'column-when-nested': shown(when(a.gt(1), when(b.gt(1), 1).otherwise(2)).otherwise(3)),
  'column-bits': shown(a.bitwiseAnd(b), a.bitwiseOr(3), a.bitwiseXor(b)),
  'column-transform': shown(a.transform((column) => column.plus(1))),
  'column-outer': shown(a.outer()),
  'column-as-metadata': shown(a.as('x', { comment: 'the first', levels: [1, 2] })),
  'column-call-function': shown(F.callFunction('lake.my_function', a, 1)),
  'column-call-builtin': shown(F.callFunction('div', a, 60)),
};

const literals: Programs = {
  'literal-null': shown(lit(null)),
  'literal-boolean': shown(lit(true), lit(false)),
  'literal-int': shown(lit(0), lit(2_147_483_647), lit(-2_147_483_648)),
  'literal-long': shown(lit(2_147_483_648), lit(-2_147_483_649), lit(9_007_199_254_740_991)),
  'literal-long-limits': shown(lit(9_223_372_036_854_775_807n), lit(-9_223_372_036_854_775_808n)),
  'literal-double': shown(lit(1.5), lit(-0.25), lit(1.5e-300), lit(5e-324)),
  'literal-double-special': shown(lit(Infinity), lit(-Infinity), lit(Number.NaN), lit(-0)),
  'literal-string': shown(lit(''), lit('x'), lit('a\'b"c\\n\u00e9\u{1f600}')),
  'literal-binary': shown(lit(new Uint8Array()), lit(Uint8Array.of(0, 1, 254, 255))),
  'literal-timestamp': shown(lit(new Date('2019-11-29T01:02:03.456Z')), lit(new Date('1969-12-31T23:59:59Z'))),
  'literal-array': shown(lit([1, 2, 3]), lit(['a', 'b'])),
  'literal-in-operators': shown(a.plus(2_147_483_648), a.eq(true), s.eq(null)),
  'literal-aliased': shown(lit(1).as('one'), lit('x').cast('binary').as('bytes')),
};

export const columnPrograms: Programs = { ...operators, ...literals };
