/** Who holds a lock, and whether that process can still be alive. */

export interface Holder {
  readonly host: string;
  /** Changes at each boot; process ids mean nothing across one. */
  readonly bootId: string;
  /** Process ids mean nothing in another one: containers may share a host name, never this. Empty where there is none. */
  readonly pidNamespace: string;
  readonly pid: number;
  /** Start time in clock ticks since boot: distinguishes a process from a later one with the same id. Empty where unknown. */
  readonly processStart: string;
  /** For the message that names the holder. */
  readonly purpose: string;
}

/** What a look at a process id on this host shows; an ended process that its parent has not collected is gone. */
export type ProcessSight = { readonly is: 'gone' } | { readonly is: 'there'; readonly start: string | undefined };

/** @param lookAt looks at a process id of this host and namespace */
export function isDead(holder: Holder, here: Holder, lookAt: (pid: number) => ProcessSight): boolean {
  // Processes of another host or namespace cannot be looked at, so they count as living.
  if (holder.host !== here.host || holder.pidNamespace !== here.pidNamespace) return false;
  if (holder.bootId !== here.bootId) return true;
  const sight = lookAt(holder.pid);
  if (sight.is === 'gone') return true;
  const isComparable = sight.start !== undefined && holder.processStart !== '';
  return isComparable && sight.start !== holder.processStart;
}

/** @returns undefined for text that is not a holder */
export function parseHolder(text: string): Holder | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (parsed === null || typeof parsed !== 'object') return undefined;
  const { pid, ...texts } = parsed as Partial<Holder>;
  const { host, bootId, pidNamespace, processStart, purpose } = texts;
  const isHolder = [host, bootId, pidNamespace, processStart, purpose].every((value) => typeof value === 'string');
  return isHolder && Number.isInteger(pid) ? (parsed as Holder) : undefined;
}

/** A process's state and start time from `/proc/PID/stat`. */
export function parseStat(stat: string): ProcessSight {
  // The command name in brackets may itself hold spaces and brackets; the state is field 3, the start time field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  return /^[ZXx]/.test(state) ? { is: 'gone' } : { is: 'there', start: fields[19] };
}
