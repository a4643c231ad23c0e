import { connectOptions, runJob } from 'runtime';
import { SparkSession } from 'spark-connect';
import { prepare } from './prepare.ts';

await runJob('prepare', async (run) => {
  await using spark = await SparkSession.connect(connectOptions(run));
  return await prepare(run, spark);
});
