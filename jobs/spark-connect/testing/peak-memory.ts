/** The largest part of a process that ever was in memory. */
import { readFileSync } from 'node:fs';

/** @returns undefined where the process is gone, or the system does not tell of others */
export function peakKb(pid: number | 'self'): number | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes);
}

/** Of this process. On Linux the usage of resources counts the process that started this one as well, as large as it was then. */
export const ownPeakMb = (): number => (peakKb('self') ?? process.resourceUsage().maxRSS) / 1024;
