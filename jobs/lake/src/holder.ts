/** Who holds a lock, and whether that process can still be alive. */

export interface Holder {
  readonly host: string;
  /** Changes at each boot; process ids mean nothing across one. */
  readonly bootId: string;
  readonly pid: number;
  /** Start time in clock ticks since boot: tells a process from a later one of the same id. */
  readonly processStart: string;
  /** For the message that names the holder. */
  readonly purpose: string;
}

/** @param startOf start time of a process on this host now, undefined where there is none */
export function isDead(holder: Holder, here: Holder, startOf: (pid: number) => string | undefined): boolean {
  // Another host's processes cannot be looked at, so they count as living.
  if (holder.host !== here.host) return false;
  return holder.bootId !== here.bootId || startOf(holder.pid) !== holder.processStart;
}

export function parseHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}
