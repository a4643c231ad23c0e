import { connectOptions, runJob } from 'runtime';
import { SparkSession } from 'spark-connect';
import { prepare, reportsOf } from './prepare.ts';

await runJob('prepare', async (run) => {
  // A report that cannot be made should not have to wait for Spark.
  const reports = reportsOf(run);
  await using spark = await SparkSession.connect(connectOptions(run));
  return await prepare(run, spark, reports);
});
