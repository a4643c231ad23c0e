/** The largest part of this process that ever was in memory. */
import { existsSync, readFileSync } from 'node:fs';

/** On Linux the usage of resources counts the process that started this one as well, as large as it was then. */
export function peakMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const peakKb = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return Number(peakKb ?? process.resourceUsage().maxRSS) / 1024;
}
