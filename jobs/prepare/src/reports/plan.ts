/** The Spark plan of a report: from the partition to the totals of each level. */
import { type DataFrame, functions as F, Observation, type SparkSession } from 'spark-connect';
import { levelTotals } from './cooking-time.ts';
import type { Report } from './report.ts';

/** The columns that a report needs; named, so that Spark neither looks for a schema nor reads the others. */
const RECIPES = 'ingredients array<string>, total_time_seconds bigint';

export interface Plan {
  readonly totals: DataFrame;
  /** `rows`: all recipes that were read, with the ingredient or without. */
  readonly recipes: Observation;
}

export function planOf(spark: SparkSession, partitionUrl: string, report: Report): Plan {
  const recipes = new Observation('recipes');
  const partition = spark.read
    .schema(RECIPES)
    .parquet([partitionUrl])
    .observe(recipes, { rows: F.count(F.lit(1)) });
  return { totals: levelTotals(partition, report), recipes };
}
