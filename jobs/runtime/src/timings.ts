/** How long the steps of a run take. */
import type { Manifest } from 'lake';

export class Timings {
  readonly #startedAt: Date;
  readonly #steps: Record<`${string}Ms`, number> = {};
  #lapStart = performance.now();

  constructor(startedAt: Date) {
    this.#startedAt = startedAt;
  }

  /** The time since the last lap, in milliseconds, goes to this step. */
  lap(step: `${string}Ms`): void {
    const now = performance.now();
    this.#steps[step] = (this.#steps[step] ?? 0) + Math.round(now - this.#lapStart);
    this.#lapStart = now;
  }

  toJson(): Manifest['timings'] {
    return { startedAt: this.#startedAt.toISOString(), ...this.#steps };
  }
}
