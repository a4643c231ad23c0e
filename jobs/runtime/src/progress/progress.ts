/** Tells a person how far things are: on a terminal by one line that is redrawn, elsewhere by whole lines. */
import { scrub } from '../config/secrets.ts';
import type { Environment } from '../config/variables.ts';
import { printableLine } from '../printable.ts';
import { estimateText, type QueryProgress, type StepSize } from './estimate.ts';
import { canRewrite, RedrawnLine, type TerminalStream } from './redrawn-line.ts';
import { StepProgress } from './step.ts';

/** Without a terminal: as often as the log of a job says that it is alive. */
const LINE_EVERY_MS = 30_000;
const TICK_MS = 1_000;
const CELLS = 10;

export interface ProgressOptions {
  /** Streams that end up on the same terminal. */
  readonly beside?: readonly TerminalStream[];
  /** A clock that never goes back; Node's own. */
  readonly nowMs?: () => number;
}

export class Progress implements Disposable {
  readonly #stream: TerminalStream;
  readonly #line: RedrawnLine | undefined;
  readonly #nowMs: () => number;
  readonly #step: StepProgress;
  #ticking: NodeJS.Timeout | undefined;
  #place = '';
  #last = '';
  #toldMs = 0;
  #secrets: readonly string[] = [];

  constructor(stream: TerminalStream, variables: Environment, options: ProgressOptions = {}) {
    this.#stream = stream;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#step = new StepProgress('', this.#nowMs);
    this.#line = canRewrite(stream, variables) ? new RedrawnLine(stream, options.beside) : undefined;
  }

  /** What no text shows from now on. */
  hide(secrets: readonly string[]): void {
    this.#secrets = secrets;
  }

  /** Stands before each text from now on: how far the whole is. */
  place(text: string): void {
    this.#place = text === '' ? '' : `${text}: `;
  }

  /** A new step, and how large it is, where that is known. */
  say(text: string, size?: StepSize): void {
    this.#step.begin(this.#shown(text), size);
    this.#ticking ??= setInterval(() => this.tick(), TICK_MS).unref();
    if (this.#line !== undefined) this.#redraw();
    else if (this.#place + this.#step.text !== this.#last) this.#tell(this.#step.text);
    this.#last = this.#place + this.#step.text;
  }

  /** What Spark reports of the query that runs for the step. */
  query(query: QueryProgress): void {
    this.#step.note(query);
    this.#redraw();
  }

  /** Time has passed. */
  tick(): void {
    if (this.#line !== undefined) this.#redraw();
    else if (this.#last !== '' && this.#nowMs() - this.#toldMs >= LINE_EVERY_MS) this.#tell(this.#step.line());
  }

  /** Nothing is shown until the next step. */
  clear(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#line?.clear();
    this.#last = '';
  }

  [Symbol.dispose](): void {
    this.clear();
    this.#line?.[Symbol.dispose]();
  }

  #tell(text: string): void {
    this.#toldMs = this.#nowMs();
    this.#stream.write(`${this.#place}${text}\n`);
  }

  /** Numbers before words: a narrow terminal cuts the end. */
  #redraw(): void {
    if (this.#line === undefined || this.#ticking === undefined) return;
    const known = this.#step.estimate();
    const numbers = known === undefined ? '' : `${bar(known.share)} ${estimateText(known)}: `;
    this.#line.show(`${this.#place}${numbers}${this.#step.text} …`);
  }

  #shown(text: string): string {
    return printableLine(scrub(text, this.#secrets));
  }
}

/** `[###.......]` */
function bar(share: number): string {
  const full = Math.floor(share * CELLS);
  return `[${'#'.repeat(full)}${'.'.repeat(CELLS - full)}]`;
}
