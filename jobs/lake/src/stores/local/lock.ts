/** A lock on a local file among processes: register first, then look who else is there. */
import { randomUUID } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LakeError } from '../../failure.ts';
import { heartbeat, HeartbeatWatch } from './heartbeat.ts';
import { isDead, parseHolder, type Holder } from './lock-holder.ts';
import { undefinedIfMissing, writeWhole } from './files.ts';
import { lookAtProcess, thisHolder } from './this-process.ts';

const RETRY_MS = 20;

export interface LockLimits {
  /** How long a living holder is waited for. */
  readonly waitMs?: number;
  /** How long a holder that cannot be looked at may give no sign of life. */
  readonly silentAfterMs?: number;
}

/**
 * Runs `action` while no other living process does so under the same folder.
 *
 * Each contender writes a file of its own and then lists the folder. Of two that overlap, the later one to register
 * surely sees the earlier; whoever sees another living one steps back and tries again. Files of dead holders carry names
 * that nobody will use again, so anybody may remove them. Dead is a process that this host knows to be gone, and whoever
 * gives no heartbeat: a container's process cannot be looked at from another one. A holder that was only stopped may wake
 * up later, so it asks whether the lock is still its own right before it changes anything.
 *
 * @param folder of the lock files; made where it is missing
 * @param action gets a function that says whether the lock is still held
 * @throws LakeError unreachable after `waitMs`, naming the holder and its file
 */
export async function withLocalLock<T>(
  folder: string,
  purpose: string,
  action: (isHeld: () => Promise<boolean>) => Promise<T>,
  { waitMs = 60_000, silentAfterMs }: LockLimits = {},
): Promise<T> {
  const mine = join(folder, `${randomUUID()}.lock`);
  const me = thisHolder(purpose);
  const watch = new HeartbeatWatch(silentAfterMs);
  const deadline = performance.now() + waitMs;
  for (;;) {
    // Whole or not at all: a half-written holder looks like a foreign file.
    await writeWhole(mine, JSON.stringify(me));
    const other = await livingOther(folder, mine, me, watch);
    if (other === undefined) break;
    await rm(mine, { force: true });
    if (performance.now() >= deadline) throw heldBy(other, purpose, waitMs);
    await sleep(RETRY_MS * (0.5 + Math.random() * 2));
  }
  try {
    using _ = heartbeat(mine);
    return await action(async () => (await lookInto(mine)) !== undefined);
  } finally {
    // A file that stays soon belongs to a dead process; its error must not hide the result of the action.
    await rm(mine, { force: true }).catch(() => undefined);
  }
}

interface Other {
  readonly file: string;
  /** Undefined where the file does not say. */
  readonly holder: Holder | undefined;
}

async function livingOther(
  folder: string,
  mine: string,
  me: Holder,
  watch: HeartbeatWatch,
): Promise<Other | undefined> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (file === mine || !name.endsWith('.lock')) continue;
    const seen = await lookInto(file);
    // Gone since it was listed.
    if (seen === undefined) continue;
    const holder = parseHolder(seen.text);
    const isGone = holder !== undefined && isDead(holder, me, lookAtProcess);
    if (!isGone && watch.look(file, seen.mark) !== 'silent') return { holder, file };
    await rm(file, { force: true, recursive: true });
  }
  return undefined;
}

/** By opening it: a file system of another machine shows by then what was written before. A file that cannot be read has no text. */
async function lookInto(file: string): Promise<{ readonly text: string; readonly mark: string } | undefined> {
  try {
    await using handle = await open(file);
    const { size, mtimeNs } = await handle.stat({ bigint: true });
    return { text: await handle.readFile('utf8'), mark: `${size}-${mtimeNs}` };
  } catch (error) {
    try {
      return undefinedIfMissing(error);
    } catch {
      return { text: '', mark: '' };
    }
  }
}

function heldBy({ holder, file }: Other, purpose: string, waitMs: number): LakeError {
  const who = holder === undefined ? 'someone unknown' : `process ${holder.pid} on ${holder.host} (${holder.purpose})`;
  return new LakeError(
    'unreachable',
    `waited ${waitMs / 1000} s for ${purpose}, held by ${who}, which is alive; run again when it has ended (${file})`,
  );
}
