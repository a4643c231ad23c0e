/** Functions that make tables; the twin of table_functions.py. */
import { functions as F } from '../../../src/index.ts';
import type { Programs } from '../program.ts';

const c = F.col('c');

export const tableFunctionPrograms: Programs = {
  'tvf-explode': (s) => s.tvf.explode(c),
  'tvf-explode-outer': (s) => s.tvf.explodeOuter(c),
  'tvf-posexplode': (s) => s.tvf.posexplode(c),
  'tvf-posexplode-outer': (s) => s.tvf.posexplodeOuter(c),
  'tvf-inline': (s) => s.tvf.inline(c),
  'tvf-inline-outer': (s) => s.tvf.inlineOuter(c),
  'tvf-json-tuple': (s) => s.tvf.jsonTuple(c, 'a', 'b'),
  'tvf-stack': (s) => s.tvf.stack(2, 1, 2, c),
  'tvf-variant-explode': (s) => s.tvf.variantExplode(c),
  'tvf-variant-explode-outer': (s) => s.tvf.variantExplodeOuter(c),
  'tvf-collations': (s) => s.tvf.collations(),
  'tvf-sql-keywords': (s) => s.tvf.sqlKeywords(),
  'tvf-table': (s) => s.tvf.call('f', s.table('events').asTable(), 7),
  'tvf-table-partitions': (s) =>
    s.tvf.call('f', s.table('events').asTable().partitionBy('url', F.col('n').plus(1)).orderBy('at', c.desc())),
  'tvf-table-single': (s) =>
    s.tvf.call('f', s.table('events').asTable().withSinglePartition().orderBy('at').orderBy('url')),
  'tvf-lateral': (s) => s.table('events').lateralJoin(s.tvf.explode(F.col('tags').outer())),
};
