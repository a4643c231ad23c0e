/** Sends events beside the work, one after the other; what is lost is told once, and nobody waits longer than they say. */
import type { Destination } from './destination.ts';
import { within } from '../within.ts';

/** How long an event that nobody waits for may take. */
const PATIENCE_MS = 5_000;

export interface SenderOptions {
  readonly destinations: readonly Destination[];
  /** Called at most once, as soon as an event is lost. */
  readonly warn: (text: string) => void;
  readonly patienceMs?: number;
}

/** Makes an event: within the sender, so that a fault in it costs a warning and no run. */
export type MakeEvent = () => unknown;

export class LineageSender {
  readonly #options: Required<SenderOptions>;
  readonly #stop = new AbortController();
  #sent: Promise<void> = Promise.resolve();
  #hasWarned = false;

  constructor(options: SenderOptions) {
    this.#options = { patienceMs: PATIENCE_MS, ...options };
  }

  send(make: MakeEvent): void {
    const before = this.#sent;
    this.#sent = this.#carry(make, before);
  }

  /** Sends what is left and this last event. Resolves when they have arrived, or after this time. */
  async end(make: MakeEvent, withinMs: number): Promise<void> {
    this.send(make);
    const isSent = await within(this.#sent, withinMs);
    if (!isSent) this.#lose('it was not taken in time');
    this.#stop.abort();
  }

  async #carry(make: MakeEvent, before: Promise<void>): Promise<void> {
    let event: string;
    try {
      event = JSON.stringify(make());
    } catch (error) {
      this.#lose(`an event could not be made: ${(error as Error).message}`);
      return;
    }
    await before;
    const { destinations, patienceMs } = this.#options;
    await Promise.all(destinations.map((destination) => this.#bring(event, destination, patienceMs)));
  }

  async #bring(event: string, destination: Destination, patienceMs: number): Promise<void> {
    try {
      await destination(event, AbortSignal.any([this.#stop.signal, AbortSignal.timeout(patienceMs)]));
    } catch (error) {
      this.#lose((error as Error).message);
    }
  }

  #lose(why: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#options.warn(`the lineage of this run is not complete: ${why}`);
  }
}
