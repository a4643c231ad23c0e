/** A query whose result is known row by row, whatever happened on the way. */
import { functions as F, type SparkSession } from '../src/index.ts';

export interface NumbersOptions {
  /** Characters beside each id; 100. */
  readonly fillerLength?: number;
  /** 8. */
  readonly partitions?: number;
  /** After each batch that has arrived. */
  readonly afterBatch?: (batches: number) => unknown;
}

/** Each id must be the one after the last. @returns the number of rows @throws where one is missing or comes twice */
export async function readNumbers(spark: SparkSession, rows: number, options: NumbersOptions = {}): Promise<number> {
  const { fillerLength = 100, partitions = 8, afterBatch } = options;
  const numbers = spark.range(0, rows, 1, partitions).select('id', F.repeat(F.lit('x'), fillerLength).as('filler'));
  let seen = 0;
  let batches = 0;
  for await (const batch of numbers.batches<{ id: bigint }>()) {
    for (const { id } of batch) {
      if (id !== BigInt(seen)) throw new Error(`Row ${seen} has the id ${id}.`);
      seen += 1;
    }
    batches += 1;
    await afterBatch?.(batches);
  }
  return seen;
}

/** Rows that say nothing until all are there. */
export function quietQuery(spark: SparkSession, sleepMs: number) {
  return spark.sql(`SELECT id, reflect('java.lang.Thread', 'sleep', bigint(${sleepMs})) AS nap FROM range(0, 1, 1, 1)`);
}
