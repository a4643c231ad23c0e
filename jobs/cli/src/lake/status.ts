/** `npm run lake -- status` */
import { type LandedDay, laterRecords } from 'dataload';
import { clean, type DayStatus, FAILURES, type LakeContext, lakeStatus, toLakeError } from 'lake';
import type { Config } from 'runtime';
import { NO_LEFTOVERS, totalText, totalWith } from './clean-text.ts';
import { type Found, lacksOf, newestExpected } from './health.ts';
import { missingDays } from './missing-days.ts';
import { placeOf } from './command-config.ts';
import { kafkaRemarks, missingText, statusRemarks, statusTable } from './status-text.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { countText } from './format.ts';
import { textTable } from '../table.ts';

/** A broker that does not answer must not delay the status of the lake itself. */
const MAX_KAFKA_SECONDS = 5;

export async function statusCommand(task: LakeTask): Promise<number> {
  const { line, config, context } = task;
  // Whoever only looks wants what is there; a check also misses the nights that never ran.
  const to = line.isCheck ? newestExpected(context.now, config.kafka.expectedMinutes) : undefined;
  const found = await lakeStatus(context, { ...line.range, to: line.range.to ?? to });
  const { days, kafkaProblem } = await withLater(config.kafka, found, context.signal);
  const missing = missingDays(days, context.now, placeOf(line, config));
  const told = { lake: context.lake.uri, output: context.output.uri, days, kafkaProblem, missing };
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
  return 0;
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

/** Asks Kafka only where days of its topic landed. */
async function withLater(
  kafka: Config['kafka'],
  days: readonly DayStatus[],
  signal: AbortSignal,
): Promise<{ readonly days: readonly DayStatus[]; readonly kafkaProblem: string | null }> {
  const landed = days.flatMap(({ date, landedKafka }) => {
    const frozen = landedKafka?.input as LandedDay['frozen'] | undefined;
    return frozen?.topic === kafka.topic ? [{ date, frozen }] : [];
  });
  if (landed.length === 0 || kafka.brokers.length === 0) return { days, kafkaProblem: null };
  try {
    const limited = { ...kafka, timeoutSeconds: Math.min(kafka.timeoutSeconds, MAX_KAFKA_SECONDS) };
    const later = await laterRecords(limited, landed, process.env, signal);
    return { days: days.map((day) => ({ ...day, later: later.get(day.date) ?? null })), kafkaProblem: null };
  } catch (thrown) {
    signal.throwIfAborted();
    return { days, kafkaProblem: toLakeError(thrown).message };
  }
}
