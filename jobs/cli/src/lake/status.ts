/** `npm run lake -- status` */
import { clean, type DayStatus, FAILURES, type LakeContext, lakeStatus } from 'lake';
import { missingDays } from 'watch';
import { NO_LEFTOVERS, totalText, totalWith } from './clean-text.ts';
import { type Found, lacksOf, newestExpected } from './health.ts';
import { placeOf } from './command-config.ts';
import { withLater } from './later.ts';
import { pageContextOf, tryWriteIndex } from '../page-context.ts';
import { kafkaRemarks, missingText, statusRemarks, statusTable } from './status-text.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { countText } from './format.ts';
import { textTable } from '../table.ts';

export async function statusCommand(task: LakeTask): Promise<number> {
  const { line, config, context } = task;
  // Whoever only looks wants what is there; a check also misses the nights that never ran.
  const to = line.isCheck ? newestExpected(context.now, config.kafka.expectedMinutes) : undefined;
  const found = await lakeStatus(context, { ...line.range, to: line.range.to ?? to });
  const { days, kafkaProblem } = await withLater(task, found);
  const missing = missingDays(days, context.now, placeOf(line, config));
  const page = line.writesPage ? { page: await writeIndex(task, days) } : {};
  const told = { lake: context.lake.uri, output: context.output.uri, days, kafkaProblem, missing, ...page };
  if (line.isCheck) return await check(task, told);
  if (line.isJson) {
    printJson(told);
    return 0;
  }
  if (days.length === 0) {
    print(`nothing lies in ${context.lake.uri}\n`);
    return 0;
  }
  print(textTable(statusTable(days), ''));
  const remarks = [...days.flatMap(statusRemarks), ...kafkaRemarks(kafkaProblem)];
  if (remarks.length > 0) print(`\n${remarks.map((remark) => `${remark}\n`).join('')}`);
  if (missing.length > 0) print(`\n${missing.map(missingText).join('')}`);
  if (page.page) print(`\npage  ${page.page}\n`);
  return 0;
}

/** What Kafka said is on the page too. */
async function writeIndex(
  { line, context, ...settings }: LakeTask,
  days: readonly DayStatus[],
): Promise<string | null> {
  const later = new Map(days.map((day) => [day.date, day.later]));
  const withLater = async (statuses: readonly DayStatus[]): Promise<readonly DayStatus[]> =>
    statuses.map((day) => ({ ...day, later: later.get(day.date) ?? null }));
  return tryWriteIndex({ ...pageContextOf(context, { ...settings, env: line.env }), withLater });
}

/** @returns the exit code: that of an audit which is not passed, where something is lacking */
async function check({ line, context }: LakeTask, told: Omit<Found, 'leftovers'>): Promise<number> {
  const lacks = lacksOf({ ...told, leftovers: await leftoversOf(context, line.whereFlags) });
  const { days } = told;
  if (line.isJson) printJson({ ...told, isHealthy: lacks.length === 0, lacks });
  else if (lacks.length > 0) print(lacks.map((lack) => `${lack}\n`).join(''));
  else print(`healthy: ${countText(days.length, 'day')}, ${days[0]?.date} to ${days.at(-1)?.date}\n`);
  return lacks.length === 0 ? 0 : FAILURES.quality.exitCode;
}

async function leftoversOf(context: LakeContext, whereFlags: string): Promise<string | undefined> {
  let total = NO_LEFTOVERS;
  for await (const { leftover } of clean(context, { from: undefined, to: undefined }, false)) {
    total = totalWith(total, leftover);
  }
  if (total.objects === 0) return undefined;
  return `left over by runs (${totalText(total)}): npm run lake -- clean${whereFlags}`;
}
