/** Fixes which offsets hold a day: asks Kafka, waits until the day is closed, and refuses what retention took. */
import { intervalOf, LakeError } from 'lake';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from 'runtime';
import { Topic, type TopicSettings } from './broker-topic.ts';
import { type DayTimes, freeze, type Freeze, type FrozenOffsets } from './freeze-decision.ts';
import { lostText, openText } from './freeze-messages.ts';

const MINUTE_MS = 60_000;
const POLL_MS = 2_000;

/** What of a run is needed to freeze its day. */
export type FreezingRun = Pick<Run, 'args' | 'config' | 'log' | 'progress' | 'signal' | 'variables'>;

/**
 * @throws LakeError day-not-over after `closeWaitMinutes`, unreadable-input where records are gone, config, unreachable
 */
export async function freezeOffsets(run: FreezingRun): Promise<FrozenOffsets> {
  const { args, config, variables, log, signal } = run;
  const { topic: name } = config.kafka;
  const date = args.logicalDate.iso;
  await using topic = new Topic(config.kafka, variables, signal);
  run.progress(`dataload ${date}: asking Kafka for the offsets of topic ${name}`);
  const settings = await topic.settings();
  for (const warning of warningsOf(name, settings)) log.warn(warning);
  const waitsUntilMs = args.allowIncomplete ? 0 : Date.now() + config.kafka.closeWaitMinutes * MINUTE_MS;
  for (;;) {
    const day = dayTimes(run, settings);
    const frozen = await look(run, topic, day, settings);
    // Waiting brings nothing back.
    if (frozen.lost.length > 0) acceptLoss(run, lostText(name, date, frozen.lost));
    if (frozen.open.length === 0) return frozenOffsets(name, day, frozen);
    const partitions = frozen.open.map(({ partition }) => partition);
    const open = openText(name, date, frozen.open, await topic.openTransactions(partitions));
    if (args.allowIncomplete) {
      log.warn(`${open}; what is there is taken (--allow-incomplete)`);
      return frozenOffsets(name, day, frozen);
    }
    const restMs = waitsUntilMs - Date.now();
    if (restMs <= 0) throw new LakeError('day-not-over', `${open}; ${advice(run)}`);
    run.progress(`dataload ${date}: waiting for the day to close; ${open}`);
    await sleep(Math.min(POLL_MS, restMs), undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function dayTimes({ args, config: { kafka } }: FreezingRun, { keptMs, aheadMs }: TopicSettings): DayTimes {
  const { start, end } = intervalOf(args.logicalDate);
  const overlapMs = kafka.overlapMinutes * MINUTE_MS;
  return {
    fromMs: start.toMillis(),
    untilMs: end.toMillis(),
    nowMs: Date.now(),
    overlapMs: aheadMs === Infinity ? overlapMs : Math.max(overlapMs, aheadMs),
    graceMs: kafka.graceMinutes * MINUTE_MS,
    keptMs,
  };
}

async function look({ args }: FreezingRun, topic: Topic, day: DayTimes, settings: TopicSettings): Promise<Freeze> {
  const { fromMs, untilMs, overlapMs, nowMs } = day;
  // Where clocks may be wrong without limit, a record of a later time proves nothing.
  const afterMs = settings.aheadMs === Infinity ? Infinity : untilMs + overlapMs;
  const wanted = {
    fromMs,
    afterMs,
    // The limit may be younger than some of the records: whoever fetches again gets all there is.
    noneFromMs: args.refetch ? Infinity : afterMs + settings.lateMs,
    futureMs: nowMs + overlapMs,
  };
  return freeze(await topic.facts(wanted), day);
}

function acceptLoss({ args, log }: FreezingRun, lost: string): void {
  if (!args.allowIncomplete) {
    const advice = 'raise retention.ms of the topic for the days to come; --allow-incomplete takes what is left';
    throw new LakeError('unreadable-input', `${lost}; ${advice}`);
  }
  log.warn(`${lost}; what is left is taken (--allow-incomplete)`);
}

function frozenOffsets(
  topic: string,
  { fromMs, untilMs }: DayTimes,
  { partitions, open, lost, isBeforeFirst }: Freeze,
): FrozenOffsets {
  return {
    topic,
    partitions,
    fromMs,
    untilMs,
    ...(lost.length === 0 ? {} : { lost }),
    ...(open.length === 0 ? {} : { notClosed: open.map(({ partition }) => partition) }),
    ...(isBeforeFirst ? { isBeforeFirst } : {}),
  };
}

function advice({ config: { kafka } }: FreezingRun): string {
  return `waited ${kafka.closeWaitMinutes} min (close_wait_minutes); run it again later, or with --allow-incomplete`;
}

function warningsOf(name: string, { isCompacted, aheadMs }: TopicSettings): string[] {
  return [
    ...(isCompacted ? [`topic ${name} is compacted: a day holds fewer events than were sent`] : []),
    ...(aheadMs === Infinity
      ? [
          `topic ${name} takes records of any time to come: a day is closed by grace_minutes alone; set its message.timestamp.after.max.ms`,
        ]
      : []),
  ];
}
