/** `npm run lake -- status` */
import { type LandedDay, laterRecords } from 'dataload';
import { type DayStatus, lakeStatus, toLakeError } from 'lake';
import type { Config } from 'runtime';
import { missingDays } from './missing-days.ts';
import { placeOf } from './command-config.ts';
import { missingText, statusRemarks, statusTable } from './status-text.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { textTable } from '../table.ts';

/** A broker that does not answer must not delay the status of the lake itself. */
const MAX_KAFKA_SECONDS = 5;

export async function statusCommand({ line, config, context }: LakeTask): Promise<number> {
  const found = await lakeStatus(context, line.range);
  const { days, kafkaProblem } = await withLater(config.kafka, found, context.signal);
  const missing = missingDays(days, context.now, placeOf(line, config));
  if (line.isJson) {
    printJson({ lake: context.lake.uri, output: context.output.uri, days, kafkaProblem, missing });
    return 0;
  }
  if (days.length === 0) {
    print(`nothing lies in ${context.lake.uri}\n`);
    return 0;
  }
  print(textTable(statusTable(days), ''));
  const remarks = [
    ...days.flatMap(statusRemarks),
    ...(kafkaProblem === null ? [] : [`whether Kafka has more than what landed is not known: ${kafkaProblem}`]),
  ];
  if (remarks.length > 0) print(`\n${remarks.map((remark) => `${remark}\n`).join('')}`);
  if (missing.length > 0) print(`\n${missing.map(missingText).join('')}`);
  return 0;
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
