/** A lock on a local file among processes: register first, then look who else is there. */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LakeError } from '../../failure.ts';
import { isDead, parseHolder, type Holder } from './lock-holder.ts';
import { undefinedIfMissing, writeWhole } from './files.ts';
import { lookAtProcess, thisHolder } from './this-process.ts';

const RETRY_MS = 20;

/**
 * Runs `action` while no other living process does so under the same folder.
 *
 * Each contender writes a file of its own and then lists the folder. Of two that overlap, the later one to register
 * surely sees the earlier; whoever sees another living one steps back and tries again. Files of dead holders carry names
 * that nobody will use again, so anybody may remove them.
 *
 * @param folder of the lock files; made where it is missing
 * @throws LakeError unreachable after `waitMs`, naming the holder and its file
 */
export async function withLocalLock<T>(
  folder: string,
  purpose: string,
  action: () => Promise<T>,
  waitMs = 60_000,
): Promise<T> {
  const mine = join(folder, `${randomUUID()}.lock`);
  const me = thisHolder(purpose);
  const deadline = Date.now() + waitMs;
  for (;;) {
    // Whole or not at all: a half-written holder could not be told from a foreign file.
    await writeWhole(mine, JSON.stringify(me));
    const other = await livingOther(folder, mine, me);
    if (other === undefined) break;
    await rm(mine, { force: true });
    if (Date.now() >= deadline) throw heldBy(other, purpose, waitMs);
    await sleep(RETRY_MS * (0.5 + Math.random() * 2));
  }
  try {
    return await action();
  } finally {
    // What stays is that of a dead process soon; it must not hide what the action came to.
    await rm(mine, { force: true }).catch(() => undefined);
  }
}

interface Other {
  readonly file: string;
  /** Undefined where the file does not tell: then nobody can say that its holder is dead. */
  readonly holder: Holder | undefined;
}

async function livingOther(folder: string, mine: string, me: Holder): Promise<Other | undefined> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (file === mine || !name.endsWith('.lock')) continue;
    const text = await readFile(file, 'utf8').catch(undefinedIfGoneElseEmpty);
    // Gone since it was listed.
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder === undefined || !isDead(holder, me, lookAtProcess)) return { holder, file };
    await rm(file, { force: true });
  }
  return undefined;
}

/** A lock that cannot be read is held all the same. */
function undefinedIfGoneElseEmpty(error: unknown): string | undefined {
  try {
    return undefinedIfMissing(error);
  } catch {
    return '';
  }
}

function heldBy({ holder, file }: Other, purpose: string, waitMs: number): LakeError {
  const who = holder === undefined ? 'someone unknown' : `process ${holder.pid} on ${holder.host} (${holder.purpose})`;
  return new LakeError(
    'unreachable',
    `waited ${waitMs / 1000} s for ${purpose}, held by ${who}; ` +
      `run again when it has ended, or remove ${file} if you know that it has`,
  );
}
