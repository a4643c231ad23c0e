/** One direction of a proxied connection: what arrives at one socket goes to the other, in order, late, or not yet. */
import type { Socket } from 'node:net';

/** What a direction does to its bytes from now on. */
export interface LaneConditions {
  /** Nothing passes, not even the end of the connection. */
  readonly isFrozen: boolean;
  /** Bytes, and the end of the connection, are held back this long; those that are under way already keep their time. */
  readonly delayMs: number;
  /** Held back longer by a random part of it. */
  readonly jitterMs: number;
}

/** More than that is not taken from the socket: a proxy must not be a buffer for whoever sends too much. */
const MAX_HELD_BYTES = 256 * 1024;

interface Held {
  /** Undefined: the end of the connection. */
  readonly bytes: Buffer | undefined;
  readonly dueMs: number;
}

export class Lane {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #random: () => number;
  #held: Held[] = [];
  #conditions: LaneConditions;
  #heldBytes = 0;
  #passedBytes = 0;
  #isWaitingForDrain = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, conditions: LaneConditions, random: () => number) {
    this.#from = from;
    this.#to = to;
    this.#conditions = conditions;
    this.#random = random;
    from.on('data', (bytes: Buffer) => this.#hold(bytes));
    from.on('close', () => this.#hold(undefined));
    to.on('drain', () => {
      this.#isWaitingForDrain = false;
      this.#pass();
    });
    if (conditions.isFrozen) from.pause();
  }

  /** Bytes handed on so far. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** What is not named stays as it is. */
  change(conditions: Partial<LaneConditions>): void {
    this.#conditions = { ...this.#conditions, ...conditions };
    this.#pass();
  }

  /** What is held back goes on now, however late it was to be. */
  deliver(): void {
    this.#held = this.#held.map((held) => ({ ...held, dueMs: 0 }));
    this.#pass();
  }

  #hold(bytes: Buffer | undefined): void {
    const { delayMs, jitterMs } = this.#conditions;
    const dueMs = performance.now() + delayMs + jitterMs * this.#random();
    this.#held.push({ bytes, dueMs: Math.max(dueMs, this.#held.at(-1)?.dueMs ?? 0) });
    this.#heldBytes += bytes?.length ?? 0;
    this.#pass();
  }

  #pass(): void {
    clearTimeout(this.#timer);
    while (this.#isOpen()) {
      const [first] = this.#held;
      if (first === undefined) break;
      const waitMs = first.dueMs - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#pass(), waitMs).unref();
        break;
      }
      this.#held.shift();
      this.#hand(first.bytes);
    }
    if (this.#conditions.isFrozen || this.#heldBytes > MAX_HELD_BYTES) this.#from.pause();
    else this.#from.resume();
  }

  #isOpen(): boolean {
    return !this.#conditions.isFrozen && !this.#isWaitingForDrain;
  }

  #hand(bytes: Buffer | undefined): void {
    if (bytes === undefined) {
      this.#to.destroySoon();
      return;
    }
    this.#heldBytes -= bytes.length;
    this.#passedBytes += bytes.length;
    if (!this.#to.destroyed) this.#isWaitingForDrain = !this.#to.write(bytes);
  }
}
