/** Who a session is for its server: the client's name and the user's. */
import { arch, platform, userInfo } from 'node:os';

export function clientType(userAgent: string): string {
  return `${userAgent} spark-connect-node os/${platform()}-${arch()} node/${process.versions.node}`;
}

/** A container may run under a number without a name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
