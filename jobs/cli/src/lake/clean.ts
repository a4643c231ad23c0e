/** `npm run lake -- clean` */
import { clean, type LakeContext, type Leftover } from 'lake';
import { leftoverText, NO_LEFTOVERS, totalText, totalWith } from './clean-text.ts';
import { confirmed, isTerminal, print, type LakeTask } from './task.ts';

export async function cleanCommand(task: LakeTask): Promise<number> {
  const { line, context } = task;
  if (line.isJson) return cleanAsJson(task);
  const total = await removeOrList(task, line.isConfirmed);
  if (total.objects === 0) {
    print('nothing to remove\n');
    return 0;
  }
  if (line.isConfirmed) {
    print(`removed: ${totalText(total)}\n`);
    return 0;
  }
  print(`would be removed: ${totalText(total)}\n`);
  if (!isTerminal()) {
    print('nothing was removed: --yes does it\n');
    return 0;
  }
  if (!(await confirmed('Remove them?', context.signal))) {
    print('nothing was removed\n');
    return 0;
  }
  print(`removed: ${totalText(await removeOrList(task, true))}\n`);
  return 0;
}

/** @returns what was removed, or could be */
async function removeOrList({ line, context }: LakeTask, isRemoving: boolean): Promise<typeof NO_LEFTOVERS> {
  let total = NO_LEFTOVERS;
  for await (const { kind, leftover, url } of clean(context, line.range, isRemoving)) {
    if (kind === 'found') print(`${leftoverText(leftover, url, context.now)}\n`);
    if (kind === (isRemoving ? 'removed' : 'found')) total = totalWith(total, leftover);
  }
  return total;
}

/** Item by item: a neglected lake may hold more of them than fit into memory. */
async function cleanAsJson({ line, context }: LakeTask): Promise<number> {
  const wanted = line.isConfirmed ? 'removed' : 'found';
  let total = NO_LEFTOVERS;
  let separator = '';
  print(`{"lake":${JSON.stringify(context.lake.uri)},"isRemoved":${String(line.isConfirmed)},"leftovers":[`);
  for await (const { kind, leftover, url } of clean(context, line.range, line.isConfirmed)) {
    if (kind !== wanted) continue;
    print(`${separator}\n${JSON.stringify(item(leftover, url, context))}`);
    total = totalWith(total, leftover);
    separator = ',';
  }
  print(`\n],"objects":${total.objects},"sizeBytes":${total.sizeBytes}}\n`);
  return 0;
}

function item({ kind, objects, sizeBytes, at }: Leftover, url: string, { now }: LakeContext) {
  return { kind, url, objects, sizeBytes, at, ageSeconds: Math.round((now.getTime() - at.getTime()) / 1000) };
}
