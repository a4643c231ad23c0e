/** Tells a person, or a log, how far operations are. */
import type { Progress } from './progress.ts';
import { RunningOperations } from './operations.ts';
import { shortened } from './text.ts';

/** The `onProgress` of a session, which may be stopped, also by `using`. */
export interface ProgressReporter extends Disposable {
  (progress: Progress): void;
  /** Takes its line away and says nothing more. May be called again. */
  stop(): void;
}

/** Of a terminal, such as `process.stderr`. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface LogProgressOptions {
  /** For each operation; 10 s. */
  readonly everyMs?: number | undefined;
  /** A clock that never goes back; Node's own. */
  readonly nowMs?: (() => number) | undefined;
}

const CLEAR_LINE = '\r\u001B[K';
const USUAL_COLUMNS = 80;
const EVERY_MS = 10_000;
const monotonic = (): number => performance.now();

/**
 * One line that is rewritten with each report, for all operations that run, and taken away when none does any more, at the
 * latest by `stop()`. Writes nothing where the stream is no terminal. PySpark: the bar that its shell shows.
 * @example
 * using onProgress = terminalProgress(process.stderr);
 * await using spark = await SparkSession.connect({ remote, onProgress });
 */
export function terminalProgress(stream: ProgressStream, nowMs: () => number = monotonic): ProgressReporter {
  const operations = new RunningOperations();
  let shown = '';
  const show = (text: string): void => {
    if (text !== shown) stream.write(`${CLEAR_LINE}${text}`);
    shown = text;
  };
  return reporter(
    (progress) => {
      operations.note(progress, nowMs());
      // A character in the last column would begin the next line.
      if (stream.isTTY === true) show(shortened(operations.line(nowMs()) ?? '', columnsOf(stream) - 1));
    },
    () => show(''),
  );
}

/**
 * A line for each operation that has run for `everyMs`, and again after as long; none for short ones. Not in PySpark.
 * @param log is given one line, without its end
 */
export function logProgress(
  log: (line: string) => void,
  { everyMs = EVERY_MS, nowMs = monotonic }: LogProgressOptions = {},
): ProgressReporter {
  const operations = new RunningOperations();
  return reporter(
    (progress) => {
      operations.note(progress, nowMs());
      const line = operations.due(progress.operationId, nowMs(), everyMs);
      if (line !== undefined) log(line);
    },
    () => undefined,
  );
}

/** A terminal without a size says 0. */
function columnsOf({ columns = 0 }: ProgressStream): number {
  return columns > 0 ? columns : USUAL_COLUMNS;
}

function reporter(report: (progress: Progress) => void, end: () => void): ProgressReporter {
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    end();
  };
  const onProgress = (progress: Progress): void => {
    if (!isStopped) report(progress);
  };
  return Object.assign(onProgress, { stop, [Symbol.dispose]: stop });
}
