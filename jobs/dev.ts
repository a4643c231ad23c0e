import { dataload, } from 'dataload';
import { prepare } from 'prepare';
import { connectOptions, executeJob, loadConfig, openLog, openStore, parseArguments } from 'lake';
import { SparkSession } from 'spark-connect';
const [input, date] = process.argv.slice(2) as [string, string];
const config = loadConfig('local', 'configs', { SPARK_REMOTE: 'sc://127.0.0.1:15902', RECIPE_ETL_LAKE: '/tmp/w/lk', RECIPE_ETL_OUTPUT: '/tmp/w/out' });
const signal = new AbortController().signal;
await using spark = await SparkSession.connect(connectOptions({ config, job: 'dataload', signal }));
const log = openLog(config.logging);
const args = parseArguments(['--date', date], {});
const ex = { args, config, log, signal, input: openStore(input) };
for (const i of [1, 2]) {
console.log(JSON.stringify(await executeJob('dataload', (r) => dataload(r, spark), ex), null, 1));
console.log(JSON.stringify(await executeJob('prepare', (r) => prepare(r, spark), ex), null, 1));
}
