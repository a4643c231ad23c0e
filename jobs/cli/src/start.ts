/** `npm start`: both jobs on the sample days, or on the files of one folder, against an embedded Spark or the one that SPARK_REMOTE names. */
import { openStore, toLakeError } from 'lake';
import { loadReports } from 'prepare/reports';
import {
  connectOptions,
  onStopSignal,
  Progress,
  readConfig,
  redactRemote,
  schemasFile,
  scrub,
  secretsOf,
  withParts,
} from 'runtime';
import { SparkSession } from 'spark-connect';
import { HELP, localArguments } from './local-arguments.ts';
import { runDay } from './run-day.ts';
import { sparkServer } from './spark-server/spark-server.ts';
import { daySummary, failureSummary, totalSummary } from './summary.ts';

const argv = process.argv.slice(2);
if (argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  process.exitCode = await localRun(argv);
}

async function localRun(words: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  using progress = new Progress(process.stderr, process.env, { beside: [process.stdout] });
  const stopped = new AbortController();
  onStopSignal('nothing more is published', 'ends', (reason) => stopped.abort(reason));
  let secrets: readonly string[] = [];
  const print = (text: string): void => void process.stdout.write(scrub(text, secrets));
  try {
    const { days, lake, output } = localArguments(words, process.cwd());
    const given = { ...process.env, RECIPE_ETL_LAKE: lake, RECIPE_ETL_OUTPUT: output };
    const { config: read, variables } = await readConfig('local', 'configs', given, stopped.signal);
    secrets = secretsOf(read, variables);
    progress.hide(secrets);
    const { lake: roots } = read;
    progress.say(`looking at ${roots.uri}`);
    // Neither a wrong report nor a wrong key should have to wait for Spark.
    const reports = loadReports(schemasFile());
    await Promise.all([roots.uri, roots.output].map((uri) => openStore(uri, roots).assertReachable()));
    const folders = { written: [lake, output], read: days.map(({ input }) => input) };
    await using server = await sparkServer(variables['SPARK_REMOTE'], folders, stopped.signal, progress);
    // What waits for a server of our own that is gone would wait until its retries are used up.
    const signal = AbortSignal.any([stopped.signal, server.lost]);
    const config = withParts(read, { spark: { ...read.spark, remote: server.remote } });
    progress.say(`connecting to ${redactRemote(config.spark.remote)}`);
    await using spark = await SparkSession.connect(
      connectOptions({ config, job: 'dataload', signal, query: (query) => progress.query(query) }),
    );
    let exitCode = 0;
    for (const day of days) {
      const summaries = await runDay({
        words: ['--date', day.date, ...day.flags],
        config,
        spark,
        signal,
        variables,
        input: openStore(day.input, config.lake),
        progress,
      });
      progress.clear();
      print(daySummary(day.date, summaries, reports));
      exitCode ||= summaries.find((summary) => summary.exitCode !== 0)?.exitCode ?? 0;
      if (signal.aborted) break;
    }
    print(
      totalSummary({ lake: config.lake.uri, output: config.lake.output, elapsedMs: performance.now() - startedAt }),
    );
    return exitCode;
  } catch (thrown) {
    const error = toLakeError(stopped.signal.aborted ? stopped.signal.reason : thrown);
    progress.clear();
    process.stderr.write(scrub(failureSummary(error), secrets));
    return error.exitCode;
  }
}
