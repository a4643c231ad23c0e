/** Functions of arrays, maps, structs, JSON and variants; the twin of collections.py. */
import { functions as F } from '../../../src/index.ts';
import { type Programs, shown } from '../program.ts';

const [xs, ys, m] = [F.col('xs'), F.col('ys'), F.col('m')];
const [s, v, n] = [F.col('s'), F.col('v'), F.col('n')];

const collections: Programs = {
  'array-make': shown(F.array(xs, 1), F.array()),
  'array-clean': shown(F.arrayCompact(xs), F.arrayDistinct(xs), F.flatten(xs)),
  'array-search': shown(F.arrayContains(xs, 1), F.arrayPosition(xs, 'a'), F.arrayRemove(xs, n)),
  'array-sets': shown(F.arrayExcept(xs, ys), F.arrayIntersect(xs, ys), F.arrayUnion(xs, ys)),
  'array-join': shown(F.arrayJoin(xs, ','), F.arrayJoin(xs, ',', '?')),
  'array-extremes': shown(F.arrayMax(xs), F.arrayMin(xs), F.size(xs)),
  'array-repeat': shown(F.arrayRepeat(s, 3)),
  'array-pairs': shown(F.arraysOverlap(xs, ys), F.arraysZip(xs, ys)),
  'array-element': shown(F.elementAt(xs, 1), F.tryElementAt(xs, -1), F.get(xs, 0), F.get(xs, n)),
  'array-explode': shown(F.explode(xs)),
  'array-explode-outer': shown(F.explodeOuter(xs).as('x')),
  'array-posexplode': shown(F.posexplode(xs)),
  'array-sequence': shown(F.sequence(n, 5), F.sequence(1, n, 2)),
  'array-slice': shown(F.slice(xs, 2, 3), F.slice(xs, n, 1)),
  'array-sort': shown(F.sortArray(xs, true), F.sortArray(xs, false)),
  'array-sort-default': shown(F.sortArray(xs)),
  'map-parts': shown(F.mapKeys(m), F.mapValues(m), F.mapEntries(m)),
  'map-make': shown(F.mapFromArrays(xs, ys), F.mapFromEntries(xs), F.mapConcat(m, m)),
  'map-contains-key': shown(F.mapContainsKey(m, 'a'), F.elementAt(m, 'a')),
  'struct-columns': shown(F.struct(xs, s)),
  'struct-aliased': shown(F.struct(xs.as('x'), n.plus(1).as('m'))),
  'struct-fields': shown(F.struct({ a: s, b: 1 }), F.namedStruct({ 'x y': null })),
  'struct-nested': shown(F.struct({ a: F.struct({ b: n }) }).as('s')),
  'json-from': shown(F.fromJson(s, 'a INT, b ARRAY<STRING>')),
  'json-from-options': shown(F.fromJson(s, 'a INT', { mode: 'FAILFAST', dateFormat: 'yyyy' })),
  'json-to': shown(F.toJson(m)),
  'json-get': shown(F.getJsonObject(s, '$.a')),
  'json-schema': shown(F.schemaOfJson('{"a":1}')),
  'variant-parse': shown(F.parseJson(s), F.tryParseJson(s), F.toVariantObject(xs)),
  'variant-get': shown(F.variantGet(v, '$.a[0]', 'string'), F.tryVariantGet(v, '$', 'map<string,int>')),
  'variant-facts': shown(F.schemaOfVariant(v), F.isVariantNull(v)),
};

const lambdas: Programs = {
  'lambda-transform': shown(F.transform(xs, (x) => F.trim(x))),
  'lambda-transform-index': shown(F.transform(xs, (x, i) => F.concatWs('-', x, i))),
  'lambda-filter': shown(F.filter(xs, (x) => x.isNotNull())),
  'lambda-filter-index': shown(F.filter(xs, (x, i) => x.gt(1).and(i.lt(3)))),
  'lambda-exists': shown(F.exists(xs, (x) => x.eq('a'))),
  'lambda-forall': shown(F.forall(xs, (x) => x.gt(n))),
  'lambda-aggregate': shown(F.aggregate(xs, 0, (total, x) => total.plus(x))),
  'lambda-aggregate-finish': shown(
    F.aggregate(
      xs,
      F.lit(0).cast('bigint'),
      (total, x) => total.plus(F.length(x)),
      (total) => total.times(2),
    ),
  ),
  'lambda-zip-with': shown(F.zipWith(xs, ys, (x, y) => F.coalesce(x, y))),
  'lambda-transform-values': shown(F.transformValues(m, (_, w) => F.upper(w))),
  'lambda-map-filter': shown(F.mapFilter(m, (k, w) => k.ne(w))),
  'lambda-nested': shown(F.filter(xs, (x) => F.exists(ys, (y) => y.eq(x)))),
  'lambda-nested-thrice': shown(
    F.transform(xs, (x) => F.transform(ys, (y) => F.filter(xs, (z) => z.ne(x).and(z.ne(y))))),
  ),
  'lambda-beside': shown(
    F.concat(
      F.transform(xs, (x) => x.plus(1)),
      F.transform(ys, (y) => y.plus(2)),
    ),
  ),
  'lambda-outer-columns': shown(F.transform(xs, (x) => F.struct({ x, n }))),
  'lambda-fields': shown(F.transform(xs, (x) => x.getField('name').cast('string')).as('names')),
  'lambda-in-fold': shown(
    F.aggregate(
      xs,
      0,
      (total, x) => total.plus(F.size(F.filter(ys, (y) => y.eq(x)))),
      (total) => total.negate(),
    ),
  ),
};

export const collectionPrograms: Programs = { ...collections, ...lambdas };
