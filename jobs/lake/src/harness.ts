/** A job as a process: command line in, signals and time limits obeyed, one JSON line and an exit code out. */
import { join } from 'node:path';
import { helpText, parseArguments } from './arguments.ts';
import { loadConfig } from './config.ts';
import { LakeError, toLakeError } from './failure.ts';
import type { JobName } from './layout.ts';
import { openLog, type ClosableLog } from './log.ts';
import { executeJob, failed, type Job, type Summary } from './run.ts';

/** A job that does not end by itself after it was told to is ended; Docker kills after 10 s, so this must be well below. */
const GRACE_MS = 3_500;

/** Folder that holds `configs/` and `schema/`: RECIPE_ETL_HOME, else the working directory. */
export const homeFolder = (): string => process.env['RECIPE_ETL_HOME'] || process.cwd();

/** Runs a job with the process's own arguments and ends the process. */
export async function runJob(name: JobName, job: Job): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) {
    process.stdout.write(helpText(name));
    return;
  }
  const controller = new AbortController();
  let log: ClosableLog | undefined;
  const end = async (summary: Summary): Promise<never> => {
    await log?.close();
    await new Promise((resolve) => process.stdout.write(`${JSON.stringify(summary)}\n`, resolve));
    process.exit(summary.exitCode);
  };
  const stop = (reason: LakeError): void => {
    controller.abort(reason);
    setTimeout(() => void end(failed({ job: name }, reason)), GRACE_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () =>
      stop(new LakeError('stopped', `stopped by ${signal}; nothing more is published, run it again`)),
    );
  }
  try {
    const args = parseArguments(argv, process.env);
    const config = loadConfig(args.env, join(homeFolder(), 'configs'), process.env);
    log = openLog(config.logging);
    if (args.maxRuntimeMs !== undefined) {
      const late = new LakeError('out-of-time', `not done within --max-runtime (${args.maxRuntimeMs / 1000} s)`);
      setTimeout(() => stop(late), args.maxRuntimeMs).unref();
    }
    await end(await executeJob(name, job, { args, config, log, signal: controller.signal, variables: process.env }));
  } catch (thrown) {
    const error = toLakeError(thrown);
    process.stderr.write(`error: ${error.message}\n`);
    await end(failed({ job: name }, error));
  }
}
