import { connectOptions, runJob } from 'runtime';
import { SparkSession } from 'spark-connect';
import { dataload } from './dataload.ts';

await runJob('dataload', async (run) => {
  await using spark = await SparkSession.connect(connectOptions(run));
  return await dataload(run, spark);
});
