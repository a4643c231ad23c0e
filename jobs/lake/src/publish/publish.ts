/** Carries out a publish: quarantine and run manifest under keys of the run, then the data object, then the current manifest. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Audited, Verdict } from './audit.ts';
import { nextRequest, startCommit, stepCommit, type CommitEvent, type CommitRequest, type Outcome } from './commit.ts';
import { tryMakeCurrent, type Day, type PublishedDay } from './published-day.ts';
import { LakeError, toLakeError } from '../failure.ts';
import { formatManifest, type Manifest, MANIFEST_VERSION } from './manifest.ts';
import type { Staged } from './staged.ts';
import type { ObjectStore } from '../stores/store.ts';

/** A store that could not be looked at gets a little longer each time. */
const LOOK_PAUSE_MS = 50;
const NO_ANSWER: CommitEvent = { kind: 'answered', answer: 'no-answer' };
const LOOK_FAILED: CommitEvent = { kind: 'look-failed' };

/** A manifest without the fields that the publish adds. */
export type UnpublishedManifest = Omit<
  Manifest<unknown, unknown>,
  'manifestVersion' | 'staged' | 'quarantine' | 'replaces'
>;

export interface Publication {
  readonly day: Day;
  /** What was published when the run began to read. */
  readonly current: PublishedDay;
  readonly verdict: Verdict;
  readonly unpublished: UnpublishedManifest;
  /** The staged bytes, where the job made them itself and they are few. */
  readonly content?: Uint8Array | undefined;
  /** Staged lines of the quarantine; undefined where nothing was quarantined. */
  readonly quarantine?: Staged | undefined;
  /** Staging prefixes of the run, in the lake and in the target; deleted after a sure outcome only. */
  readonly staging: readonly { readonly store: ObjectStore; readonly prefix: string }[];
  /** Once it is aborted nothing more is published. */
  readonly signal: AbortSignal;
}

export interface Published {
  readonly outcome: 'published' | 'unchanged';
  readonly manifest: Manifest<unknown, unknown>;
  readonly manifestKey: string;
}

/**
 * @throws LakeError quality where the audit rejected (the published day is unchanged), overtaken, or unknown-outcome (staging is kept);
 *   usage where the run id was used before; config where the published object is not encrypted as it should be
 */
export async function publish(publication: Publication): Promise<Published> {
  const { day, unpublished, signal } = publication;
  signal.throwIfAborted();
  const quarantine = await placeQuarantine(publication);
  const replaces = publication.current.data?.sha256 ?? null;
  const verdict = asPublished(publication.verdict, publication.current);
  const manifest = { manifestVersion: MANIFEST_VERSION, ...unpublished, staged: verdict.staged, quarantine, replaces };
  if (verdict.kind === 'rejected') {
    const key = day.layout.rejectedManifest(day.job, day.date, unpublished.runId);
    await day.lake.put(key, formatManifest(manifest));
    await removeStaging(publication);
    const reasons = verdict.findings.map((finding) => finding.message).join('; ');
    throw new LakeError(
      'quality',
      `${reasons}. The published day is unchanged; the findings are in ${day.lake.url(key)}`,
    );
  }
  const manifestKey = day.layout.runManifest(day.job, day.date, unpublished.runId);
  await day.lake.put(manifestKey, formatManifest(manifest));
  signal.throwIfAborted();
  const outcome = await commit(publication, verdict.staged);
  if (outcome === 'overtaken') {
    await removeStaging(publication);
    throw overtaken(publication);
  }
  await tryMakeCurrent(day, manifest);
  await removeStaging(publication);
  await day.target.assertEncrypted?.(day.dataKey);
  return { outcome, manifest, manifestKey };
}

/** Where the content is what is published already, the published object counts as the one that was staged. */
function asPublished<V extends Verdict>(verdict: V, { data, manifest }: PublishedDay): V {
  const published = manifest?.staged.contentSha256;
  if (data === undefined || published === undefined || published !== verdict.staged.contentSha256) return verdict;
  const { sha256, sizeBytes } = data;
  return { ...verdict, staged: { ...verdict.staged, sha256, sizeBytes } };
}

async function placeQuarantine({ day, unpublished, quarantine }: Publication): Promise<Manifest['quarantine']> {
  if (quarantine === undefined) return null;
  const key = day.layout.quarantine(day.date, unpublished.runId);
  await day.lake.place(quarantine.key, key);
  return { key, rows: quarantine.rows, sha256: quarantine.sha256 };
}

async function commit(publication: Publication, staged: Audited): Promise<Exclude<Outcome, 'unknown'>> {
  const { current, unpublished } = publication;
  let state = startCommit(staged, current.data, unpublished.runId);
  let thrown: unknown;
  /** What kept the one request from being made, as long as every look after it went well. */
  let refusal: unknown;
  let isAnswered = false;
  for (let request = nextRequest(state); request !== undefined; request = nextRequest(state)) {
    try {
      const event = await carryOut(request, publication, staged);
      isAnswered ||= event.kind === 'answered';
      state = stepCommit(state, event);
    } catch (error) {
      thrown = error;
      refusal = request.kind === 'publish' ? error : undefined;
      state = stepCommit(state, request.kind === 'publish' ? NO_ANSWER : LOOK_FAILED);
      await sleep(state.looks * LOOK_PAUSE_MS);
    }
  }
  const { outcome } = state;
  if (outcome !== undefined && outcome !== 'unknown') return outcome;
  // A store or a system that knows why nothing was done says it best.
  if (!isAnswered && thrown instanceof LakeError) throw thrown;
  throw sureFailure(publication, refusal) ?? unknownOutcome(publication, thrown);
}

async function carryOut(request: CommitRequest, publication: Publication, staged: Audited): Promise<CommitEvent> {
  const { day, unpublished, content } = publication;
  if (request.kind === 'look') return { kind: 'looked', sight: await day.target.head(day.dataKey) };
  const note = { runId: unpublished.runId, sha256: staged.sha256 };
  const answer = await day.target.publish({ key: staged.key, content }, day.dataKey, request.condition, note);
  return { kind: 'answered', answer };
}

/** Best effort: the day is published already, and housekeeping removes what remains. */
async function removeStaging({ day, staging }: Publication): Promise<void> {
  for (const { store, prefix } of staging) {
    try {
      await store.removeAll(prefix);
    } catch (error) {
      day.warn?.(`${store.url(prefix)} could not be removed, housekeeping will: ${(error as Error).message}`);
    }
  }
}

function overtaken({ day }: Publication): LakeError {
  const message = `another run published ${day.date.iso} while this one was reading (${day.target.url(day.dataKey)}); the other run's day stays published`;
  return new LakeError('overtaken', message);
}

/** No rights, or no space: nothing was done, and the look after it has confirmed that. */
function sureFailure({ day }: Publication, refusal: unknown): LakeError | undefined {
  const { code, message } = toLakeError(refusal);
  if (code === 'unexpected') return undefined;
  const text = `cannot publish ${day.target.url(day.dataKey)}: ${message}. The published day is unchanged`;
  return new LakeError(code, text, { cause: refusal });
}

function unknownOutcome({ day, unpublished }: Publication, thrown: unknown): LakeError {
  const why = thrown instanceof Error ? ` (${thrown.message})` : '';
  const message =
    `cannot tell whether run ${unpublished.runId} published ${day.target.url(day.dataKey)}${why}; ` +
    'the day is whole, old or new: run it again';
  return new LakeError('unknown-outcome', message, { cause: thrown });
}
