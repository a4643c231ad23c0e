/** Sends events in the background: a bounded queue, patience with the service, and a bounded time at the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { nextBatch } from './batch.ts';
import { type LogEvent, sizeOf } from './event.ts';
import { sendFailure } from './failure.ts';
import { within } from '../within.ts';

/** Where the events of a run go. */
export interface LogPlace {
  readonly group: string;
  readonly stream: string;
  readonly retentionDays: number | null;
}

export interface LogService {
  /** Makes the group and the stream where they are not there. */
  open(signal: AbortSignal): Promise<void>;
  /** @returns false where the service left some out */
  put(events: LogEvent[], signal: AbortSignal): Promise<boolean>;
  close(): void;
}

export interface SenderOptions {
  /** Loads the client, once there is something to send. */
  readonly service: () => Promise<LogService>;
  /** Called at most once, as soon as an event is lost. */
  readonly warn: (text: string) => void;
  /** Between 0 and 1. */
  readonly random?: () => number;
  /** How long events wait for others to go with. */
  readonly gatherMs?: number;
  readonly maxQueueBytes?: number;
}

const DEFAULTS = { random: Math.random, gatherMs: 1_000, maxQueueBytes: 8 * 1_048_576 };
const BACK_OFF_MS = { first: 200, most: 20_000 };

/** How long to wait before a try, after so many that failed. @param random between 0 and 1 */
export function backOffMs(failed: number, random: number): number {
  return Math.min(BACK_OFF_MS.first * 2 ** (failed - 1), BACK_OFF_MS.most) * (0.5 + random / 2);
}

export class EventSender {
  readonly #options: Required<SenderOptions>;
  readonly #stop = new AbortController();
  /** Aborted when the end begins: nobody gathers or backs off for long any more. */
  readonly #hurry = new AbortController();
  #queue: LogEvent[] = [];
  #bytes = 0;
  #service: LogService | undefined;
  #work: Promise<void> | undefined;
  #isOpen = false;
  #lastFailure: string | undefined;
  #hasWarned = false;

  constructor(options: SenderOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  add(event: LogEvent): void {
    if (this.#stop.signal.aborted) return;
    this.#queue.push(event);
    this.#bytes += sizeOf(event);
    if (this.#bytes > this.#options.maxQueueBytes) this.#dropOldest();
    this.#work ??= this.#sendAll();
  }

  /** Resolves when everything is sent, or after this time. */
  async end(withinMs: number): Promise<void> {
    this.#hurry.abort();
    const isSent = await within(this.#work, withinMs);
    this.#stop.abort();
    if (!isSent) this.#lose(`its end was not sent in time: ${this.#lastFailure ?? 'there was too much of it'}`);
    this.#service?.close();
  }

  async #sendAll(): Promise<void> {
    while (this.#queue.length > 0 && !this.#stop.signal.aborted) {
      await this.#wait(this.#options.gatherMs);
      const { events, rest } = nextBatch(this.#queue);
      this.#queue = [...rest];
      this.#bytes = this.#queue.reduce((sum, event) => sum + sizeOf(event), 0);
      await this.#sendPatiently([...events]);
    }
    this.#work = undefined;
  }

  async #sendPatiently(events: LogEvent[]): Promise<void> {
    const { signal } = this.#stop;
    for (let failed = 1; !signal.aborted; failed++) {
      try {
        await this.#send(events, signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const { passes, why } = sendFailure(error);
        this.#lastFailure = why;
        if (!passes) return this.#giveUp(why);
        const ms = backOffMs(failed, this.#options.random());
        // At the end every moment counts, but a service is not hammered.
        await (this.#hurry.signal.aborted ? sleep(Math.min(ms, BACK_OFF_MS.first)) : this.#wait(ms));
      }
    }
  }

  async #send(events: LogEvent[], signal: AbortSignal): Promise<void> {
    this.#service ??= await this.#options.service();
    if (!this.#isOpen) await this.#service.open(signal);
    this.#isOpen = true;
    const isComplete = await this.#service.put(events, signal);
    if (!isComplete) this.#lose('it left out events as too old or too new; check the clock of this machine');
  }

  #wait(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#hurry.signal, ref: false }).catch(() => undefined);
  }

  #dropOldest(): void {
    while (this.#bytes > this.#options.maxQueueBytes) {
      const [oldest] = this.#queue.splice(0, 1);
      this.#bytes -= oldest === undefined ? this.#bytes : sizeOf(oldest);
    }
    this.#lose(`parts of it are left out: ${this.#lastFailure ?? 'there is more of it than can be sent'}`);
  }

  #giveUp(why: string): void {
    this.#stop.abort();
    this.#queue = [];
    this.#lose(why);
  }

  #lose(why: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    this.#options.warn(`the log in CloudWatch Logs is not complete, this one is: ${why}`);
  }
}
