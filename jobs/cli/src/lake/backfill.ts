/** `npm run lake -- backfill`: both jobs for each day of a range, in one process and one Spark session. */
import { daysBetween, LakeError, type LogicalDate, toLakeError } from 'lake';
import { chooseReports } from 'prepare/reports';
import { type Config, connectOptions, Progress, redactRemote, secretsOf, type Summary, withParts } from 'runtime';
import { SparkSession } from 'spark-connect';
import {
  type BackfilledDay,
  backfillExitCode,
  dayOutcomes,
  exitCodeOf,
  failureLines,
  shouldContinue,
  outcomeRows,
} from './backfill-plan.ts';
import { daysLeftText } from './days-left.ts';
import { rerunCommand } from 'watch';
import { placeOf } from './command-config.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { runDay } from '../run-day.ts';
import { sparkServer, type Server } from '../spark-server/spark-server.ts';
import { textTable } from '../table.ts';

/** A day that is out of time may still begin a query. */
const INTERRUPT_EVERY_MS = 500;

interface Backfill {
  readonly task: LakeTask;
  readonly config: Config;
  readonly spark: SparkSession;
  readonly progress: Progress;
}

export async function backfillCommand(task: LakeTask): Promise<number> {
  const { line, context } = task;
  // The command line was refused without them.
  const [first, last] = [line.range.from as LogicalDate, line.range.to as LogicalDate];
  if (line.scheduler !== undefined) throw notFromHere(task, first, last);
  const days = daysBetween(first, last);
  // A wrong name should not have to wait for Spark.
  chooseReports(context.reports, line.report);
  using progress = new Progress(process.stderr, process.env, { beside: [process.stdout] });
  progress.hide(secretsOf(task.config, task.variables));
  await using server = await serverOf(task, progress);
  const signal = server === undefined ? context.signal : AbortSignal.any([context.signal, server.lost]);
  const working = { ...task, context: { ...context, signal } };
  const { config: given } = task;
  const config = server === undefined ? given : withParts(given, { spark: { ...given.spark, remote: server.remote } });
  progress.say(`connecting to ${redactRemote(config.spark.remote)}`);
  await using spark = await SparkSession.connect(
    connectOptions({ config, job: 'dataload', signal, query: (query) => progress.query(query) }),
  );
  const done = await runDays({ task: working, config, spark, progress }, days);
  progress.clear();
  return report(working, days, done);
}

/** Spark would be told of the store and of Kafka by this shell's addresses, which are not its own. */
function notFromHere({ line, config }: LakeTask, first: LogicalDate, last: LogicalDate): LakeError {
  const rerun = { first, last, source: 'kafka', refetch: line.passedOn.includes('--refetch') } as const;
  const what = line.job === 'prepare' ? 'stale report' : 'day';
  const command = rerunCommand({ ...rerun, what }, placeOf(line, config));
  const message = `the days of ${config.lake.uri} are run by Airflow (RECIPE_ETL_SCHEDULER). Run: ${command}`;
  const advice =
    'Where Airflow is out of order: docker compose run --rm dataload --date DAY --source kafka, then prepare';
  return new LakeError('usage', `${message}. ${advice}`);
}

/** As `npm start`: a local run without SPARK_REMOTE brings its own server; other environments name theirs. */
async function serverOf(
  { line, config, variables, context }: LakeTask,
  progress: Progress,
): Promise<Server | undefined> {
  const remote = variables['SPARK_REMOTE'];
  if (line.env !== 'local' && !remote) return undefined;
  const folders = { written: [config.lake.uri, config.lake.output], read: [] };
  return sparkServer(remote, folders, context.signal, progress);
}

async function runDays(backfill: Backfill, days: readonly LogicalDate[]): Promise<BackfilledDay[]> {
  const { line, context } = backfill.task;
  const done: BackfilledDay[] = [];
  for (const [index, date] of days.entries()) {
    if (!shouldContinue(done.at(-1), line.continueOnError, context.signal.aborted)) break;
    const elapsed = done.map(({ elapsedMs }) => elapsedMs);
    backfill.progress.place(daysLeftText(index, days.length, elapsed));
    const startedAt = performance.now();
    const summaries = await backfillDay(backfill, date);
    done.push({ date: date.iso, summaries, elapsedMs: performance.now() - startedAt });
    backfill.progress.say(`${date.iso}: ${summaries.map(({ job, outcome }) => `${job} ${outcome}`).join(', ')}`);
  }
  return done;
}

async function backfillDay({ task, config, spark, progress }: Backfill, date: LogicalDate): Promise<Summary[]> {
  const { line, context } = task;
  using limit = timeLimit(line.maxRuntimeMs, spark);
  return await runDay({
    ...(line.job === undefined ? {} : { jobs: [line.job] }),
    words: ['--date', date.iso, '--env', line.env, ...line.passedOn],
    config,
    spark,
    signal: AbortSignal.any([context.signal, limit.signal]),
    variables: task.variables,
    progress,
  });
}

/** The session outlives a day that is out of time, so its queries are interrupted one by one. */
function timeLimit(
  maxRuntimeMs: number | undefined,
  spark: SparkSession,
): Disposable & { readonly signal: AbortSignal } {
  const late = new AbortController();
  let interrupting: NodeJS.Timeout | undefined;
  const timer = maxRuntimeMs === undefined ? undefined : setTimeout(expire, maxRuntimeMs);
  function expire(): void {
    const limit = `--max-runtime (${(maxRuntimeMs ?? 0) / 1000} s)`;
    late.abort(new LakeError('out-of-time', `the day was not done within ${limit}; run it again`));
    interrupting = setInterval(() => void spark.interruptAll().catch(() => undefined), INTERRUPT_EVERY_MS);
  }
  return {
    signal: late.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      clearInterval(interrupting);
    },
  };
}

function report({ line, context }: LakeTask, range: readonly LogicalDate[], days: readonly BackfilledDay[]): number {
  const { signal } = context;
  const exitCode = backfillExitCode(days, signal.aborted ? toLakeError(signal.reason).exitCode : undefined);
  const outcomes = dayOutcomes(range, days);
  if (line.isJson) {
    printJson({ lake: context.lake.uri, output: context.output.uri, exitCode, days: outcomes });
    return exitCode;
  }
  print(textTable(outcomeRows(outcomes), ''));
  for (const failure of failureLines(outcomes)) print(`${failure}\n`);
  const last = days.at(-1);
  if (
    exitCode !== 0 &&
    !line.continueOnError &&
    last !== undefined &&
    exitCodeOf(last.summaries) !== 0 &&
    days.length < range.length
  ) {
    print(`stopped at ${last.date}: --continue-on-error goes on\n`);
  }
  return exitCode;
}
