/** All programs that both clients have; each family has a twin in Python beside it. */
import { aggregatePrograms } from './programs/aggregates.ts';
import { catalogPrograms } from './programs/catalog.ts';
import { collectionPrograms } from './programs/collections.ts';
import { columnPrograms } from './programs/columns.ts';
import { framePrograms } from './programs/frames.ts';
import { groupPrograms } from './programs/groups.ts';
import { sketchPrograms } from './programs/sketches.ts';
import { arithmeticPrograms } from './programs/arithmetic.ts';
import { formatPrograms } from './programs/formats.ts';
import { readerPrograms } from './programs/readers.ts';
import { scalarPrograms } from './programs/scalars.ts';
import { shapePrograms } from './programs/shapes.ts';
import { statisticPrograms } from './programs/statistics.ts';
import { tablePrograms } from './programs/tables.ts';
import { textPrograms } from './programs/text.ts';
import { streamPrograms } from './programs/streams.ts';
import { tableFunctionPrograms } from './programs/table_functions.ts';
import type { Programs } from './program.ts';

export const families: readonly Programs[] = [
  framePrograms,
  groupPrograms,
  readerPrograms,
  tablePrograms,
  columnPrograms,
  textPrograms,
  scalarPrograms,
  collectionPrograms,
  aggregatePrograms,
  shapePrograms,
  catalogPrograms,
  statisticPrograms,
  arithmeticPrograms,
  formatPrograms,
  sketchPrograms,
  tableFunctionPrograms,
  streamPrograms,
];

export const programs: Programs = Object.assign({}, ...families) as Programs;
