/** Tables that are filled, turned, split and described, and lists where PySpark takes lists; the twin of shapes.py. */
import { type DataFrame, functions as F, type SparkSession, Window } from '../../../src/index.ts';
import type { Programs } from '../program.ts';

const events = (spark: SparkSession): DataFrame => spark.read.table('events');
const tags = (spark: SparkSession): DataFrame => spark.read.table('tags');
const { col } = F;

function filesOf(frame: DataFrame): DataFrame {
  const file = frame.metadataColumn('_metadata').getField('file_name');
  return frame.filter(file.ne('x')).select('url', frame.metadataColumn('_metadata'));
}

const lists: Programs = {
  'list-select': (s) => events(s).select(['url', col('at')]),
  'list-order': (s) => events(s).orderBy(['url', col('at').desc()]),
  'list-group': (s) => events(s).groupBy(['url', 'day']).count(),
  'list-rollup': (s) => events(s).rollup(['url', 'day']).count(),
  'list-duplicates': (s) => events(s).dropDuplicates(['url', 'at']),
  'list-window': (s) => events(s).select(F.rowNumber().over(Window.partitionBy(['url', 'day']).orderBy(['at']))),
};

const shapes: Programs = {
  'shape-select-expr': (s) => events(s).selectExpr('n + 1 AS m', 'upper(url)'),
  'shape-renamed': (s) => events(s).withColumnRenamed('url', 'address'),
  'shape-transform': (s) => events(s).transform((frame) => frame.limit(3)),
  'shape-unpivot': (s) => events(s).unpivot(['url'], ['a', 'b'], 'name', 'value'),
  'shape-unpivot-rest': (s) => events(s).unpivot([col('url'), 'day'], undefined, 'name', 'value'),
  'shape-transpose': (s) => events(s).transpose(),
  'shape-transpose-by': (s) => events(s).transpose('url'),
  'shape-describe': (s) => events(s).describe('n', 'url'),
  'shape-describe-all': (s) => events(s).describe(),
  'shape-summary': (s) => events(s).summary('count', '75%'),
  'shape-summary-default': (s) => events(s).summary(),
  'shape-sort': (s) => events(s).sort('url', col('at').desc()),
  'shape-repartition-by-range': (s) => events(s).repartitionByRange(3, 'url', col('at').desc()),
  'shape-random-split': (s) => events(s).randomSplit([1, 3], 42)[1] as DataFrame,
  'shape-random-split-first': (s) => events(s).randomSplit([1, 3], 42n)[0] as DataFrame,
  'shape-intersect-all': (s) => events(s).intersectAll(tags(s)),
  'shape-except-all': (s) => events(s).exceptAll(tags(s)),
  'shape-with-metadata': (s) => events(s).withMetadata('url', { comment: 'an address' }),
  'shape-metadata-column': (s) => filesOf(events(s)),
  'shape-col-regex': (s) => events(s).select(events(s).colRegex('`n_.*`')),
  'shape-zip-with-index': (s) => events(s).zipWithIndex(),
  'shape-zip-with-index-named': (s) => events(s).zipWithIndex('row'),
  'shape-repartition-by-id': (s) => events(s).repartitionById(4, 'n'),
  'shape-grouping-sets': (s) =>
    events(s)
      .groupingSets([['url', 'day'], ['url'], []], 'url', 'day')
      .agg({ rows: F.count() }),
  'shape-nearest-by': (s) =>
    events(s)
      .as('a')
      .nearestByJoin(tags(s).as('b'), F.abs(col('a.n').minus(col('b.n'))), { results: 3 }),
  'shape-nearest-by-left': (s) =>
    events(s).nearestByJoin(tags(s), col('score'), {
      results: 1,
      mode: 'approx',
      direction: 'similarity',
      type: 'left',
    }),
  'shape-scalar': (s) =>
    events(s).filter(
      col('n').gt(
        tags(s)
          .agg(F.max(col('n')))
          .scalar(),
      ),
    ),
  'shape-scalar-selected': (s) => events(s).select(col('n'), tags(s).select('n').scalar().as('m')).limit(3),
  'shape-exists': (s) =>
    events(s)
      .as('e')
      .where(
        tags(s)
          .where(col('url').eq(col('e.url').outer()))
          .exists()
          .not(),
      ),
  'shape-in-frame': (s) => events(s).where(tags(s).select('url').contains(col('url'))),
  'shape-in-frame-two': (s) => events(s).where(tags(s).select('url', 'day').contains('url', 'day')),
  'shape-subquery-twice': (s) => {
    const most = tags(s).select('n').scalar();
    return events(s)
      .filter(col('n').lt(most).or(col('m').lt(most)))
      .withColumn('most', most);
  },
  'shape-pivot': (s) =>
    events(s)
      .groupBy('url')
      .pivot('kind', ['a', 'b'])
      .agg(F.sum(col('n'))),
  'shape-pivot-all': (s) =>
    events(s)
      .groupBy('url')
      .pivot('kind')
      .agg(F.sum(col('n'))),
};

const nulls: Programs = {
  'na-drop': (s) => events(s).na.drop(),
  'na-drop-all': (s) => events(s).na.drop({ how: 'all', columns: ['url'] }),
  'na-drop-least': (s) => events(s).na.drop({ minNonNulls: 2, columns: ['url', 'at', 'n'] }),
  'na-fill-number': (s) => events(s).na.fill(0),
  'na-fill-double': (s) => events(s).na.fill(0.5, ['n']),
  'na-fill-text': (s) => events(s).na.fill('-', ['url', 'kind']),
  'na-fill-boolean': (s) => events(s).na.fill(false),
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- no array
  'na-fill-by-column': (s) => events(s).na.fill({ n: 0, url: '-' }),
  'na-replace': (s) => events(s).na.replace(new Map([['a', 'b']]), ['url']),
  'na-replace-numbers': (s) =>
    events(s).na.replace(
      new Map([
        [1, 2],
        [3, 4.5],
      ]),
    ),
  'na-replace-by-null': (s) => events(s).na.replace(new Map([['-', null]])),
};

const groups: Programs = {
  'group-sum': (s) => events(s).groupBy('url').sum('n', 'm'),
  'group-avg': (s) => events(s).groupBy('url').avg('n'),
  'group-min': (s) => events(s).groupBy('url').min('n'),
  'group-max': (s) => events(s).groupBy('url').max('n'),
};

const actions: Programs = {
  'action-take': (s) => events(s).take(3),
  'action-head': (s) => events(s).head(3),
  'action-is-empty': (s) => events(s).isEmpty(),
  'action-view-new': (s) => events(s).createTempView('recent'),
  'action-view-global': (s) => events(s).createOrReplaceGlobalTempView('recent'),
  'action-view-global-new': (s) => events(s).createGlobalTempView('recent'),
};

export const shapePrograms: Programs = { ...lists, ...shapes, ...nulls, ...groups, ...actions };
