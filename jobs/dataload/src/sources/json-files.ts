/** The files source: JSON lines in the day's landing folder, or in the folder that `--input` names. */
import { assertSameListing, freezeLanding, type FrozenFiles } from 'lake';
import { functions as F, Window, type DataFrame } from 'spark-connect';
import type { Source } from './source.ts';

export const jsonFiles: Source<FrozenFiles> = {
  freeze: (run) => freezeLanding(run.landing, { allowEmpty: run.args.allowEmpty }),

  lines(spark, frozen) {
    const event = F.struct({
      file: F.col('_metadata.file_name'),
      topic: F.lit(null).cast('string'),
      partition: F.lit(null).cast('int'),
      offset: F.lit(null).cast('bigint'),
      timestamp: F.lit(null).cast('timestamp'),
    });
    // Ids grow along a split, and splits begin at their offset in the file: together they order the lines of a file for free.
    const position = F.struct({
      file: F.col('_metadata.file_name'),
      block: F.col('_metadata.file_block_start'),
      row: F.monotonicallyIncreasingId(),
    });
    if (frozen.files.length === 0) return noLines(spark.sql('SELECT 1'));
    // Only LF ends a line: by default Spark would split at a lone CR too, in the middle of a record.
    const text = spark.read.text(frozen.files.map((file) => file.url), { lineSep: '\n' });
    return text.select(F.col('value'), event.as('event'), position.as('position'));
  },

  locatedLines(spark, frozen) {
    const inFile = Window.partitionBy(F.col('event.file')).orderBy(F.col('position').asc());
    return jsonFiles
      .lines(spark, frozen)
      .withColumns({ line: F.rowNumber().over(inFile) })
      .withColumns({ origin: F.struct({ file: F.col('event.file'), line: F.col('line') }) })
      .drop('line');
  },

  assertUnchanged: (run, frozen) => assertSameListing(run.landing, frozen),
};
