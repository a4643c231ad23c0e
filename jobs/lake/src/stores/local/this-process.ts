/** What the operating system knows about this process and the others on the host. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseStat, type Holder, type ProcessSight } from './lock-holder.ts';

export function thisHolder(purpose: string): Holder {
  const me = lookAtProcess(process.pid);
  return {
    host: hostname(),
    bootId: textOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: textOr('', () => readlinkSync('/proc/self/ns/pid')),
    pid: process.pid,
    processStart: (me.is === 'there' ? me.start : undefined) ?? '',
    purpose,
  };
}

export function lookAtProcess(pid: number): ProcessSight {
  const stat = textOr(undefined, () => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat !== undefined) return parseStat(stat);
  // No /proc here, or one that hides what belongs to others.
  return isSignalable(pid) ? { is: 'there', start: undefined } : { is: 'gone' };
}

function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function textOr<T>(fallback: T, read: () => string): string | T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
