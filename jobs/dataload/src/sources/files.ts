/** The files source: JSON lines in the day's landing folder, or in the folder that `--input` names. */
import { assertSameListing, freezeInputFiles, type FrozenFiles, leftOutText } from 'lake';
import type { DatasetUse, Run } from 'runtime';
import { type Column, type DataFrame, functions as F, type SparkSession, Window } from 'spark-connect';
import { type Gathered, gather, gatheredLines, isCompressed, smallFilesOf } from './small-files.ts';
import type { Frozen, Source } from './source.ts';

type FrozenDay = FrozenFiles &
  Frozen & {
    /** The small files of the day, where they are many. */
    readonly gathered?: Gathered | undefined;
  };

/** A compressed file counts as if it were this much larger. */
const TYPICAL_COMPRESSION = 8;

const bytesOf = ({ name, sizeBytes }: FrozenFiles['files'][number]): number =>
  sizeBytes * (isCompressed(name) ? TYPICAL_COMPRESSION : 1);

export const jsonFiles: Source<FrozenDay> = {
  async freeze(run, _spark, table) {
    const frozen = await freezeInputFiles(run.landing, { allowEmpty: run.args.allowEmpty });
    const leftOut = leftOutText(frozen);
    if (leftOut !== undefined) run.log.warn(leftOut);
    return {
      ...frozen,
      gathered: await gatherSmallFiles(run, frozen, table.staging),
      readFrom: readFrom(run, frozen),
      bytes: frozen.files.reduce((sum, file) => sum + bytesOf(file), 0),
    };
  },

  lines(spark, frozen) {
    const { gathered } = frozen;
    const urls = frozen.files.filter(({ name }) => !gathered?.names.has(name)).map(({ url }) => url);
    const [first, ...others] = [
      ...(urls.length > 0 ? [linesOfFiles(spark, urls)] : []),
      ...(gathered === undefined ? [] : [linesOfSmallFiles(spark, gathered)]),
    ];
    return others.reduce((all, lines) => all.union(lines), first ?? noLines(spark));
  },

  linesWithOrigin(spark, frozen, isWanted) {
    const inFile = Window.partitionBy(F.col('event.file')).orderBy(F.col('position').asc());
    return (
      jsonFiles
        .lines(spark, frozen)
        .withColumns({ is_wanted: isWanted })
        // Every line counts, but only the text of the wanted ones goes through the sort.
        .withColumns({ value: F.when(F.col('is_wanted'), F.col('value')) })
        .withColumns({ line: F.rowNumber().over(inFile) })
        .filter(F.col('is_wanted'))
        .withColumns({ origin: F.struct({ file: F.col('event.file'), line: F.col('line') }) })
        .drop('line', 'is_wanted')
    );
  },

  assertUnchanged: (run, frozen) => assertSameListing(run.landing, frozen),
};

async function gatherSmallFiles(run: Run, frozen: FrozenFiles, staging: string): Promise<Gathered | undefined> {
  const small = smallFilesOf(frozen.files);
  if (small.length === 0) return undefined;
  run.progress(`dataload ${run.args.logicalDate.iso}: putting ${small.length} small files together`);
  try {
    return await gather(run, small, `${staging}/small-files`);
  } catch (error) {
    // A file that went explains itself.
    await assertSameListing(run.landing, frozen);
    throw error;
  }
}

/** The landing folder of all days and the day's in it; a folder that was named by hand is whole. */
function readFrom({ landing, layout }: Run, { input, files }: FrozenFiles): DatasetUse {
  const { store, prefix } = landing;
  const dataset = prefix === '' ? input.folder : store.url(layout.roots.landing.prefix);
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { use: 'read', dataset, part: input.folder, bytes, files: files.length };
}

function noLines(spark: SparkSession): DataFrame {
  const nothing = spark.sql('SELECT 1').filter(F.lit(false));
  return nothing.select(F.lit('').as('value'), ...coordinates(F.lit(''), F.lit(0n)));
}

function linesOfFiles(spark: SparkSession, urls: readonly string[]): DataFrame {
  // Only LF ends a line: by default Spark would split at a lone CR too, in the middle of a record.
  const text = spark.read.text(urls, { lineSep: '\n' });
  return text.select(F.col('value'), ...coordinates(fileName(), F.col('_metadata.file_block_start')));
}

const linesOfSmallFiles = (spark: SparkSession, gathered: Gathered): DataFrame =>
  gatheredLines(spark, gathered).select(F.col('value'), ...coordinates(F.col('file'), F.lit(0n), F.col('row')));

/** Spark gives the name as a URI writes it, where a plus is a plus. */
function fileName(): Column {
  return F.callFunction('url_decode', F.replace(F.col('_metadata.file_name'), F.lit('+'), F.lit('%2B')));
}

/** `event` as the table has it, and `position`: ids grow along a split and splits begin at their offset, so both order a file for free. */
function coordinates(file: Column, block: Column, row = F.monotonicallyIncreasingId()): Column[] {
  const event = F.struct({
    file,
    topic: F.lit(null).cast('string'),
    partition: F.lit(null).cast('int'),
    offset: F.lit(null).cast('bigint'),
    timestamp: F.lit(null).cast('timestamp'),
  });
  const position = F.struct({ file, block, row });
  return [event.as('event'), position.as('position')];
}
