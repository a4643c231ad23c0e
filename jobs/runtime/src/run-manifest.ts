/** What a job says of its run, completed to the manifest that is written before the publish. */
import { codeFingerprint, type Finding, fingerprint, type UnpublishedManifest, type StepName } from 'lake';
import type { Run } from './run.ts';
import type { Timings } from './timings.ts';

export interface RunRecord {
  /** What publishes, where it is not the job itself. */
  readonly step?: StepName;
  /** What was read, and the fingerprint of it. */
  readonly input: object;
  readonly inputFingerprint: string;
  /** Rules and schemas that decided. */
  readonly rules: unknown;
  readonly counts: object;
  readonly findings: readonly Finding[];
  readonly timings: Timings;
}

/** @returns the manifest of a run but for what only the publish knows */
export function runManifest(run: Run, record: RunRecord): UnpublishedManifest {
  const { step = run.job, input, inputFingerprint, rules, counts, findings, timings } = record;
  return {
    job: step,
    logicalDate: run.args.logicalDate.iso,
    runId: run.runId,
    try: run.args.try,
    image: run.image,
    fingerprints: {
      input: inputFingerprint,
      rules: fingerprint(rules),
      config: fingerprint(run.config),
      code: codeFingerprint(import.meta.url),
    },
    input,
    counts,
    findings,
    timings: timings.toJson(),
  };
}
