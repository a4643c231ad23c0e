/** A lock on a local file among processes: register first, then look who else is there. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LakeError } from './failure.ts';
import { isDead, parseHolder, type Holder } from './holder.ts';

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
  const me = thisProcess(purpose);
  const deadline = Date.now() + waitMs;
  await mkdir(folder, { recursive: true });
  for (;;) {
    await register(mine, me);
    const other = await livingOther(folder, mine, me);
    if (other === undefined) break;
    await rm(mine, { force: true });
    if (Date.now() > deadline) throw heldBy(other.holder, other.file, waitMs);
    await sleep(RETRY_MS * (0.5 + Math.random() * 2));
  }
  try {
    return await action();
  } finally {
    await rm(mine, { force: true });
  }
}

/** The file appears whole or not at all: a half-written holder could not be told from a dead one. */
async function register(file: string, holder: Holder): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(holder));
  await rename(`${file}.new`, file);
}

async function livingOther(folder: string, mine: string, me: Holder): Promise<{ holder: Holder; file: string } | undefined> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (file === mine || !name.endsWith('.lock')) continue;
    const holder = parseHolder(await readFile(file, 'utf8').catch(() => ''));
    // Gone since it was listed.
    if (holder === undefined) continue;
    if (!isDead(holder, me, processStart)) return { holder, file };
    await rm(file, { force: true });
  }
  return undefined;
}

function heldBy(holder: Holder, file: string, waitMs: number): LakeError {
  return new LakeError(
    'unreachable',
    `waited ${waitMs / 1000} s for ${holder.purpose}, held by process ${holder.pid} on ${holder.host}; ` +
      `run again when it has ended, or remove ${file} if that host is gone`,
  );
}

function thisProcess(purpose: string): Holder {
  return { host: hostname(), bootId: bootId(), pid: process.pid, processStart: processStart(process.pid) ?? '', purpose };
}

/** Field 22 of /proc/PID/stat, counted behind the command name, which may itself hold spaces and brackets. */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return isAlive(pid) ? '' : undefined;
  }
}

/** For systems without /proc. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
