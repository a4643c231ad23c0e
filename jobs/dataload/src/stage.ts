/** Has Spark write the day and its quarantine into staging, and brings back what was counted on the way. */
import { type Accounting, LakeError, type Staged, stagedLines, stagedParquet } from 'lake';
import type { Run } from 'runtime';
import type { DataFrame, Observation, Row } from 'spark-connect';
import { brokenRules, type BrokenRules } from './plan/judge.ts';
import { UNKNOWN_FIELDS } from './rules/json-schema.ts';
import type { FurtherPlans, Plans } from './plan/plan.ts';
import { explainReadFailure } from './spark-read-failures.ts';

export interface StagedDay {
  readonly staged: Staged;
  readonly quarantine: Staged | undefined;
  readonly accounting: Accounting;
  readonly broken: BrokenRules;
  /** Events by name of an unknown field. */
  readonly unknownFields: Readonly<Record<string, number>>;
  /** Where the first of these events lies, by name of an unknown field: file and line, or topic, partition, offset, timestamp and key. */
  readonly unknownFieldsFirst: Readonly<Record<string, unknown>>;
}

/**
 * @param prefix of the run's staging; the day and the quarantine get a folder each
 * @param assertUnchanged throws where the input is no longer what the plans were made for
 */
export async function stageDay(
  run: Run,
  plans: Plans,
  prefix: string,
  assertUnchanged: () => Promise<void>,
): Promise<StagedDay> {
  try {
    return await stage(run, plans, prefix);
  } finally {
    // If the input changed meanwhile, that explains the failure, so report the change instead.
    await assertUnchanged();
  }
}

async function stage(run: Run, plans: Plans, prefix: string): Promise<StagedDay> {
  const [dayPrefix, quarantinePrefix] = [`${prefix}/day`, `${prefix}/quarantine`];
  await explainReadFailure(plans.day.save(run.lake.url(dayPrefix)));
  const staged = await stagedParquet(run.lake, dayPrefix, plans.writers);

  const judged = await observed(plans.judgement, plans.recount);
  const [read, blank, accepted, quarantined] = numbers(judged, 'read', 'blank', 'accepted', 'quarantined');
  // Without an observation the footer is the only witness.
  const kept = plans.publication.values ?? { published: staged.rows, superseded: accepted - staged.rows };
  const [published, superseded] = numbers(kept, 'published', 'superseded');
  const broken = brokenRules(plans.rules, judged);

  const further = plans.further(judged);
  const quarantine = quarantined > 0 ? await stageQuarantine(run, further, quarantinePrefix, quarantined) : undefined;
  const hasUnknown = Object.keys(broken.warn).includes(UNKNOWN_FIELDS);
  return {
    staged,
    quarantine,
    accounting: { read, published, superseded, quarantined, blank },
    broken,
    ...(hasUnknown
      ? await countUnknownFields(run, further.unknownFields)
      : { unknownFields: {}, unknownFieldsFirst: {} }),
  };
}

/** @throws LakeError unexpected where the second pass saw other lines than the first */
async function stageQuarantine(
  run: Run,
  { quarantine, quarantined, recount }: FurtherPlans,
  prefix: string,
  expected: number,
): Promise<Staged> {
  run.progress(`dataload ${run.args.logicalDate.iso}: writing ${expected} broken lines to quarantine`);
  await explainReadFailure(quarantine.save(run.lake.url(prefix)));
  const counted = await observed(quarantined, recount);
  const rows = Number(counted['rows']);
  if (rows !== expected) {
    throw new LakeError(
      'unexpected',
      `${expected} lines were to be quarantined, but the second pass over the input found ${rows}`,
    );
  }
  return stagedLines(run.lake, prefix, rows);
}

async function countUnknownFields(
  run: Run,
  counted: DataFrame,
): Promise<Pick<StagedDay, 'unknownFields' | 'unknownFieldsFirst'>> {
  run.progress(`dataload ${run.args.logicalDate.iso}: counting unknown fields`);
  const rows = await explainReadFailure(counted.collect<{ field: string; events: bigint; first: string }>());
  return {
    unknownFields: Object.fromEntries(rows.map(({ field, events }) => [field, Number(events)])),
    unknownFieldsFirst: Object.fromEntries(rows.map(({ field, first }) => [field, JSON.parse(first) as unknown])),
  };
}

/** Each number is counted by itself, so that the audit can find one missing. */
function numbers<N extends string[]>(counted: Row, ...names: N): { [I in keyof N]: number } {
  return names.map((name) => Number(counted[name])) as { [I in keyof N]: number };
}

/** An empty answer means unknown, never zero: then it is counted again. */
async function observed(observation: Observation, recount: DataFrame): Promise<Row> {
  if (observation.values !== undefined) return observation.values;
  const [row] = await explainReadFailure(recount.collect());
  return row!;
}
