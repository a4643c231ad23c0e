/** The day of a run: what is published of it when the run begins, where the run stages, and how it publishes. */
import {
  assertNewRun,
  type Day,
  type Finding,
  LakeError,
  type ObjectStore,
  publish,
  type PublishedDay,
  readPublishedDay,
  type Staged,
  type StepName,
  toLakeError,
  type Verdict,
} from 'lake';
import type { DatasetColumn } from './dataset-use.ts';
import { runManifest, type RunRecord } from './run-manifest.ts';
import type { Run } from './run.ts';
import { Timings } from './timings.ts';

export interface DayOptions {
  /** The step that publishes, where it is not the job itself. */
  readonly step?: StepName;
  /** Names the staging of the run. */
  readonly dataset: string;
  /** Where the data object lies: the lake or the output. */
  readonly target: ObjectStore;
  readonly dataKey: string;
}

export interface DayContent extends Omit<RunRecord, 'timings' | 'step'> {
  readonly verdict: Verdict;
  /** The staged bytes, where the job made them itself and they are few. */
  readonly content?: Uint8Array;
  /** Staged lines of the quarantine; undefined where nothing was quarantined. */
  readonly quarantine?: Staged | undefined;
  /** Of the data object. */
  readonly columns: readonly DatasetColumn[];
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
  /** URL of the published object. */
  readonly url: string;
  /** URL of what holds all days. */
  readonly #dataset: string;
  readonly #run: Run;
  readonly #day: Day;
  readonly #timings: Timings;
  /** Of the day itself, beside what the job finds. */
  readonly #findings: readonly Finding[];

  /** Made by {@link openDay}. */
  constructor(run: Run, day: Day, dataset: string, current: PublishedDay, findings: readonly Finding[]) {
    this.#run = run;
    this.#day = day;
    this.#timings = new Timings(run.startedAt);
    this.#findings = findings;
    this.staging = run.layout.staging(dataset, day.date, run.runId);
    this.current = current;
    this.url = day.target.url(day.dataKey);
    this.#dataset = day.target.url(dataset);
  }

  /** The time since the last lap goes to this step, such as `stageMs`. */
  lap(step: `${string}Ms`): void {
    this.#timings.lap(step);
  }

  /** Removes the staging of a dry run. */
  async discard(): Promise<void> {
    await this.#day.target.removeAll(this.staging);
  }

  /** @throws LakeError as publish */
  async publish({ verdict, content, quarantine, columns, ...record }: DayContent): Promise<PublishSummary> {
    const day = this.#day;
    const findings = [...this.#findings, ...record.findings];
    const published = await publish({
      day,
      current: this.current,
      verdict,
      unpublished: runManifest(this.#run, { ...record, findings, step: day.job, timings: this.#timings }),
      content,
      quarantine,
      staging: [{ store: day.target, prefix: this.staging }],
      signal: this.#run.signal,
    }).catch((thrown: unknown) => {
      // The broken lines of a day that was refused are kept too.
      if (toLakeError(thrown).code === 'quality') this.#tellQuarantine(quarantine);
      throw thrown;
    });
    this.lap('publishMs');
    const { manifest, manifestKey, outcome } = published;
    this.#tellData(manifest.staged, columns);
    this.#tellQuarantine(quarantine);
    return {
      outcome,
      quarantine: manifest.quarantine === null ? null : day.lake.url(manifest.quarantine.key),
      manifest: day.lake.url(manifestKey),
      timings: this.#timings.toJson(),
    };
  }

  /** A day that was published as it is counts too: it holds what the run made. */
  #tellData({ rows, sizeBytes: bytes }: Staged, columns: readonly DatasetColumn[]): void {
    this.#run.used({ use: 'written', dataset: this.#dataset, part: this.url, rows, bytes, columns });
  }

  #tellQuarantine(quarantine: Staged | undefined): void {
    if (quarantine === undefined) return;
    const { date, lake, layout } = this.#day;
    const [dataset, part] = [layout.roots.quarantine.prefix, layout.quarantine(date, this.#run.runId)];
    this.#run.used({ use: 'written', dataset: lake.url(dataset), part: lake.url(part), rows: quarantine.rows });
  }
}

/** @throws LakeError usage where the run id was used before, or where the run would replace what restore brought back */
export async function openDay(run: Run, options: DayOptions): Promise<OpenDay> {
  const { step = run.job, dataset, target, dataKey } = options;
  const date = run.args.logicalDate;
  const { lake, layout, log } = run;
  const day: Day = { job: step, layout, date, lake, target, dataKey, warn: log.warn };
  await assertNewRun(day, run.runId);
  const current = await readPublishedDay(day);
  const findings = restoredFindings(run, target.url(dataKey), current);
  return new OpenDay(run, day, dataset, current, findings);
}

/** A person chose the published version, and a run over the input would undo that. */
function restoredFindings({ args, log }: Run, url: string, { manifest }: PublishedDay): Finding[] {
  const restored = manifest?.restoredFrom;
  if (restored === undefined) return [];
  const what = `${url} is version ${restored.versionId} of run ${restored.runId ?? 'unknown'}, which restore brought back`;
  if (!args.replaceRestored && !args.dryRun) {
    throw new LakeError('usage', `${what}. Leave it as it is, or replace it by a run with --replace-restored`);
  }
  const message = `${what}; ${args.dryRun ? 'only --replace-restored replaces it' : 'this run replaces it'}`;
  log.warn(message);
  return [{ severity: 'warn', code: 'restored_replaced', message }];
}
