/** A silent job looks like a hung one: the log has a line at least every `progressSeconds`, unless the caller shows the progress itself. */
import type { Log } from '../log.ts';
import type { QueryProgress, StepSize } from './estimate.ts';
import { StepProgress } from './step.ts';

export interface ProgressListener {
  /** Called with each step, and how large it is, where that is known. */
  readonly onProgress?: ((text: string, size?: StepSize) => void) | undefined;
  /** Called with what Spark reports of a query. */
  readonly onQuery?: ((query: QueryProgress) => void) | undefined;
}

export class Heartbeat {
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #listener: ProgressListener;
  readonly #step: StepProgress;

  constructor(log: Log, everyMs: number, listener: ProgressListener, nowMs = (): number => performance.now()) {
    this.#listener = listener;
    this.#step = new StepProgress('starting', nowMs);
    if (listener.onProgress === undefined) this.#timer = setInterval(() => log.info(this.#step.line()), everyMs);
  }

  say(text: string, size?: StepSize): void {
    this.#step.begin(text, size);
    this.#listener.onProgress?.(text, size);
  }

  query(query: QueryProgress): void {
    this.#step.note(query);
    this.#listener.onQuery?.(query);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
