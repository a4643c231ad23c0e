/** SIGTERM and SIGINT as a reason to stop. */
import { LakeError } from 'lake';

/**
 * @param effect what follows from it for the caller's work, such as `nothing more is published`
 * @param again what a second signal does: `ends` lets it end the process, as Ctrl-C does; `obeys` keeps the process until it has
 *   said how it ended, so it must limit its time itself
 */
export function onStopSignal(effect: string, again: 'ends' | 'obeys', stop: (reason: LakeError) => void): void {
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    const listener = (): void => stop(new LakeError('stopped', `stopped by ${name}; ${effect}`));
    if (again === 'ends') process.once(name, listener);
    else process.on(name, listener);
  }
}
