/** Remembers what a job is doing now, and how far the query is that runs for it. */
import { type Estimate, estimate, estimateText, type QueryProgress, shareOf, type StepSize } from './estimate.ts';

interface Running {
  readonly last: QueryProgress;
  readonly startedMs: number;
  readonly share: number;
  /** When the share grew last. */
  readonly grewMs: number;
}

export class StepProgress {
  readonly #nowMs: () => number;
  #text: string;
  #size: StepSize = {};
  #query: Running | undefined;

  constructor(text: string, nowMs: () => number) {
    this.#text = text;
    this.#nowMs = nowMs;
  }

  get text(): string {
    return this.#text;
  }

  begin(text: string, size: StepSize = {}): void {
    [this.#text, this.#size, this.#query] = [text, size, undefined];
  }

  note(last: QueryProgress): void {
    const now = this.#nowMs();
    const same = this.#query?.last.operationId === last.operationId ? this.#query : undefined;
    const before = same ?? { startedMs: now, share: 0, grewMs: now };
    const share = shareOf(last, this.#size, before.share);
    const grewMs = share > before.share ? now : before.grewMs;
    this.#query = last.isOver ? undefined : { ...before, last, share, grewMs };
  }

  /** Undefined while no query runs that has begun a task. */
  estimate(): Estimate | undefined {
    if (this.#query === undefined || this.#query.last.stages.every(({ tasks }) => tasks === 0)) return undefined;
    const { startedMs, last, share, grewMs } = this.#query;
    return estimate(last, this.#size, share, { elapsedMs: this.#nowMs() - startedMs, grewMs: grewMs - startedMs });
  }

  /** `dataload 2019-11-29: judging and staging: 34 %, 12 of 40 MB read, about 2 min left` */
  line(): string {
    const known = this.estimate();
    return known === undefined ? this.#text : `${this.#text}: ${estimateText(known)}`;
  }
}
