/** The day of a run: what is published of it when the run begins, where the run stages, and how it publishes. */
import {
  assertNewRun,
  type Day,
  type ObjectStore,
  publish,
  type PublishedDay,
  readPublishedDay,
  type Staged,
  type StepName,
  type Verdict,
} from 'lake';
import { runManifest, type RunRecord } from './run-manifest.ts';
import type { Run } from './run.ts';
import { Timings } from './timings.ts';

export interface DayOptions {
  /** What publishes, where it is not the job itself. */
  readonly step?: StepName;
  /** Names the staging of the run. */
  readonly dataset: string;
  /** Where the data object lies: the lake or the output. */
  readonly target: ObjectStore;
  readonly dataKey: string;
}

export interface DayContent extends Omit<RunRecord, 'timings' | 'step'> {
  readonly verdict: Verdict;
  /** What was staged, where the job made it itself and it is small. */
  readonly content?: Uint8Array;
  /** Staged lines of the quarantine; undefined where nothing was quarantined. */
  readonly quarantine?: Staged | undefined;
}

/** For the summary of the run; all but the outcome are URLs. */
export interface PublishSummary {
  readonly outcome: 'published' | 'unchanged';
  readonly quarantine: string | null;
  readonly manifest: string;
  readonly timings: ReturnType<Timings['toJson']>;
}

export class OpenDay {
  /** Prefix of the run's own staging, in the target. */
  readonly staging: string;
  /** What was published when the run began. */
  readonly current: PublishedDay;
  /** Of what is published. */
  readonly url: string;
  readonly #run: Run;
  readonly #day: Day;
  readonly #timings: Timings;

  /** Made by {@link openDay}. */
  constructor(run: Run, day: Day, staging: string, current: PublishedDay) {
    this.#run = run;
    this.#day = day;
    this.#timings = new Timings(run.startedAt);
    this.staging = staging;
    this.current = current;
    this.url = day.target.url(day.dataKey);
  }

  /** The time since the last lap goes to this step, such as `stageMs`. */
  lap(step: `${string}Ms`): void {
    this.#timings.lap(step);
  }

  /** Removes what a dry run has staged. */
  async discard(): Promise<void> {
    await this.#day.target.removeAll(this.staging);
  }

  /** @throws LakeError as publish */
  async publish({ verdict, content, quarantine, ...record }: DayContent): Promise<PublishSummary> {
    const day = this.#day;
    const published = await publish({
      day,
      current: this.current,
      verdict,
      unpublished: runManifest(this.#run, { ...record, step: day.job, timings: this.#timings }),
      content,
      quarantine,
      staging: [{ store: day.target, prefix: this.staging }],
      signal: this.#run.signal,
    });
    this.lap('publishMs');
    const { manifest, manifestKey, outcome } = published;
    return {
      outcome,
      quarantine: manifest.quarantine === null ? null : day.lake.url(manifest.quarantine.key),
      manifest: day.lake.url(manifestKey),
      timings: this.#timings.toJson(),
    };
  }
}

/** @throws LakeError usage where the run id was used before */
export async function openDay(run: Run, options: DayOptions): Promise<OpenDay> {
  const { step = run.job, dataset, target, dataKey } = options;
  const { layout, lake, log } = run;
  const date = run.args.logicalDate;
  const day: Day = { job: step, layout, date, lake, target, dataKey, warn: log.warn };
  await assertNewRun(day, run.runId);
  return new OpenDay(run, day, layout.staging(dataset, date, run.runId), await readPublishedDay(day));
}
