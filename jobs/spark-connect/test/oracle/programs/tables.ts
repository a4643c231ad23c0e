/** Writes to tables of a catalog; the twin of tables.py. */
import { type DataFrame, functions as F } from '../../../src/index.ts';
import type { Program, Programs } from '../program.ts';

type Writer = ReturnType<DataFrame['writeTo']>;

const written =
  (write: (begun: Writer) => Promise<void>): Program =>
  (spark) =>
    write(spark.read.table('events').writeTo('lake.x'));
const { callFunction, col } = F;

export const tablePrograms: Programs = {
  'table-create': written((w) => w.create()),
  'table-replace': written((w) => w.replace()),
  'table-create-or-replace': written((w) => w.createOrReplace()),
  'table-append': written((w) => w.append()),
  'table-overwrite': written((w) => w.overwrite(col('day').eq('2019-11-29'))),
  'table-overwrite-partitions': written((w) => w.overwritePartitions()),
  'table-using': written((w) => w.using('iceberg').create()),
  'table-options': written((w) => w.option('a', true).options({ b: 7, c: 'x' }).append()),
  'table-properties': written((w) => w.tableProperty('a', 'x').tableProperty('b', 'y').create()),
  'table-clusters': written((w) => w.clusterBy('day', 'url').create()),
  'table-partitions': written((w) => w.partitionedBy('day', col('url')).create()),
  'table-partition-transforms': written((w) =>
    w.partitionedBy(callFunction('days', col('at')), callFunction('bucket', 8, col('url'))).create(),
  ),
};
