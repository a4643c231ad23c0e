/** A job as a process: command line in, signals and time limits obeyed, one JSON line and an exit code out. */
import { join } from 'node:path';
import { helpText, parseArguments, type RunArguments } from './arguments.ts';
import { readConfig, type Settings } from './config/read-config.ts';
import type { Config } from './config/schema.ts';
import { type JobName, LakeError, toLakeError } from 'lake';
import { homeFolder } from './home.ts';
import { openLog, type ClosableLog } from './log.ts';
import { printable } from './printable.ts';
import { Progress } from './progress/progress.ts';
import { canRewrite } from './progress/redrawn-line.ts';
import type { ProgressListener } from './progress/heartbeat.ts';
import { onStopSignal } from './stop-signals.ts';
import { executeJob, failed, type Identity, type Job, type Summary } from './run.ts';
import { scrub, scrubTexts, secretsOf } from './config/secrets.ts';
import { within } from './within.ts';
import { openWitnesses, type Witnesses } from './witnesses.ts';

/** After this time a job that was stopped and still runs is ended; Docker kills after 10 s, so this must be well below. */
const GRACE_MS = 3_000;
/** How long the reader of stderr may take for what it has not read. */
const DRAIN_MS = { usual: 10_000, stopped: 300 };

/** Runs a job with the process's own arguments and ends the process. */
export async function runJob(name: JobName, job: Job): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help')) {
    process.stdout.write(helpText(name));
    return;
  }
  await new JobProcess(name).run(job, argv);
}

class JobProcess {
  readonly #controller = new AbortController();
  readonly #job: JobName;
  #identity: Identity;
  #log: ClosableLog | undefined;
  #secrets: readonly string[] = [];
  #witnesses: Witnesses | undefined;
  #progress: Progress | undefined;
  #isEnding = false;

  constructor(name: JobName) {
    this.#job = name;
    this.#identity = { job: name };
  }

  async run(job: Job, argv: readonly string[]): Promise<void> {
    this.#obeySignals();
    try {
      const args = parseArguments(argv, process.env, this.#job);
      this.#identity = { job: this.#job, logicalDate: args.logicalDate.iso };
      this.#limitTime(args.maxRuntimeMs);
      const { signal } = this.#controller;
      const settings = await readConfig(args.env, join(homeFolder(), 'configs'), process.env, signal);
      const { config, variables } = settings;
      this.#secrets = secretsOf(config, variables);
      const log = this.#openLog(settings, args);
      const onIdentity = (identity: Identity): void => {
        this.#identity = identity;
        this.#witnesses?.started();
      };
      const summary = await executeJob(this.#job, job, {
        args,
        config,
        log,
        signal,
        variables,
        onIdentity,
        onUse: (use) => this.#witnesses?.used(use),
        ...this.#shownOnTerminal(config),
      });
      await this.#end(stoppedOnTheWay(summary, signal));
    } catch (thrown) {
      await this.#fail(toLakeError(thrown));
    }
  }

  #openLog({ config, variables }: Settings, { dryRun: isDryRun }: RunArguments): ClosableLog {
    const secrets = this.#secrets;
    const log = openLog(config.logging, secrets, (line) => this.#witnesses?.logged(line));
    this.#log = log;
    const identity = (): Identity => this.#identity;
    this.#witnesses = openWitnesses({ config, variables, secrets, isDryRun, identity, warn: log.warn });
    return log;
  }

  /** A person who looks on sees one line instead of a log that repeats itself. */
  #shownOnTerminal({ logging }: Config): ProgressListener {
    if (logging.format !== 'text' || !canRewrite(process.stderr, process.env)) return {};
    const progress = new Progress(process.stderr, process.env, { beside: [process.stdout] });
    progress.hide(this.#secrets);
    this.#progress = progress;
    return { onProgress: progress.say.bind(progress), onQuery: progress.query.bind(progress) };
  }

  #obeySignals(): void {
    // A second signal must not end the process without a summary.
    onStopSignal('nothing more is published, run it again', 'obeys', (reason) => this.#stop(reason));
    // A promise that a job forgot to await fails the job too.
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (thrown: unknown) => void this.#fail(toLakeError(thrown)));
    }
  }

  #limitTime(maxRuntimeMs: number | undefined): void {
    if (maxRuntimeMs === undefined) return;
    const late = new LakeError('out-of-time', `not done within --max-runtime (${maxRuntimeMs / 1000} s); run it again`);
    setTimeout(() => this.#stop(late), maxRuntimeMs).unref();
  }

  #stop(reason: LakeError): void {
    if (this.#controller.signal.aborted || this.#isEnding) return;
    this.#controller.abort(reason);
    setTimeout(() => void this.#end(failed(this.#identity, reason)), GRACE_MS);
  }

  async #fail(error: LakeError): Promise<void> {
    if (this.#isEnding) return;
    const cause = this.#controller.signal.aborted ? toLakeError(this.#controller.signal.reason) : error;
    const text = scrub(cause.message, this.#secrets);
    if (this.#log === undefined) process.stderr.write(printable(`error: ${text}\n`));
    else this.#log.error(text);
    await this.#end(failed(this.#identity, cause));
  }

  /** Nothing follows the summary, on either stream. */
  async #end(summary: Summary): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#progress?.[Symbol.dispose]();
    const kind = this.#controller.signal.aborted ? 'stopped' : 'usual';
    await this.#witnesses?.end(summary, kind);
    await this.#log?.close();
    await within(drained(process.stderr), DRAIN_MS[kind]);
    process.stderr.write = () => true;
    process.stdout.on('error', () => process.exit(summary.exitCode));
    const line = `${printable(JSON.stringify(scrubTexts(summary, this.#secrets)))}\n`;
    process.stdout.write(line, () => process.exit(summary.exitCode));
  }
}

/** Resolves when all that was written is out: the end of a process drops what a full pipe did not take. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => void stream.write('', () => resolve()));
}

/** A job may finish although it was stopped: its summary stays, its exit code says that it was stopped. */
function stoppedOnTheWay(summary: Summary, signal: AbortSignal): Summary {
  if (!signal.aborted || summary.outcome === 'failed') return summary;
  const { code, exitCode, retryHelps } = toLakeError(signal.reason);
  return { ...summary, exitCode, code, retryHelps };
}
