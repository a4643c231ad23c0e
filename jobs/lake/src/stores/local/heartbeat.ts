/** Signs of life of whoever holds a lock: its file grows while it lives, and a waiter watches that on its own clock. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const BEAT_MS = 1_000;
const SILENT_AFTER_MS = 15_000;
/** Looks that lie further apart prove no more than this: the waiter itself may have been stopped in between. */
const MAX_STEP_MS = 1_000;

/** Beats until it is disposed; a file that was removed is not made again. */
export function heartbeat(file: string, everyMs = BEAT_MS): Disposable {
  const timer = setInterval(() => void beat(file).catch(() => undefined), everyMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** One more byte, since not every file system lets times be set or shows them at once. */
async function beat(file: string): Promise<void> {
  // Without O_CREAT: what was taken for dead stays so.
  await using handle = await open(file, constants.O_WRONLY | constants.O_APPEND);
  await handle.write('\n');
}

export type Sign = 'unsure' | 'beats' | 'silent';

interface Seen {
  readonly mark: string;
  readonly atMs: number;
  readonly silentMs: number;
  readonly hasBeaten: boolean;
}

/** What one process saw of the locks of others since it began to look. */
export class HeartbeatWatch {
  readonly silentAfterMs: number;
  readonly #nowMs: () => number;
  readonly #seen = new Map<string, Seen>();

  /** @param nowMs of a clock that never goes back */
  constructor(silentAfterMs = SILENT_AFTER_MS, nowMs = () => performance.now()) {
    this.silentAfterMs = silentAfterMs;
    this.#nowMs = nowMs;
  }

  /** @param mark changes with each beat */
  look(file: string, mark: string): Sign {
    const atMs = this.#nowMs();
    const before = this.#seen.get(file);
    const isSame = before?.mark === mark;
    const hasBeaten = before !== undefined && (before.hasBeaten || !isSame);
    const silentMs = isSame ? before.silentMs + Math.min(atMs - before.atMs, MAX_STEP_MS) : 0;
    this.#seen.set(file, { mark, atMs, silentMs, hasBeaten });
    if (silentMs >= this.silentAfterMs) return 'silent';
    return hasBeaten ? 'beats' : 'unsure';
  }
}
