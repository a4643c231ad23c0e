/** Makes the manifest of a run, which is written before the publish, from what the job records. */
import { codeFingerprint, type Finding, fingerprint, type UnpublishedManifest, type StepName } from 'lake';
import type { Run } from './run.ts';
import type { Timings } from './timings.ts';

export interface RunRecord {
  /** The step that publishes, where it is not the job itself. */
  readonly step?: StepName;
  /** The input, and its fingerprint. */
  readonly input: object;
  readonly inputFingerprint: string;
  /** Rules and schemas that decided. */
  readonly rules: unknown;
  readonly counts: object;
  readonly changes?: UnpublishedManifest['changes'];
  readonly findings: readonly Finding[];
  readonly timings: Timings;
}

/** @returns the manifest of a run without the fields that the publish adds */
export function runManifest(run: Run, record: RunRecord): UnpublishedManifest {
  const { step = run.job, input, inputFingerprint, rules, counts, changes, findings, timings } = record;
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
    ...(changes && { changes }),
    findings,
    timings: timings.toJson(),
  };
}
