/** What the manifest of a run says that brings an earlier version of a day back. */
import { error, type Finding, warn } from '../publish/finding.ts';
import { fingerprint } from '../fingerprint.ts';
import type { StepName } from '../layout.ts';
import type { LogicalDate } from '../logical-date.ts';
import type { Manifest, RestoredFrom } from '../publish/manifest.ts';
import type { UnpublishedManifest } from '../publish/publish.ts';
import type { Staged } from '../publish/staged.ts';

export interface Restoration {
  readonly job: StepName;
  readonly date: LogicalDate;
  readonly runId: string;
  readonly startedAt: Date;
  readonly image: Manifest['image'];
  readonly from: RestoredFrom;
  readonly staged: Staged;
  /** Of the run that made the version; undefined where it is gone. */
  readonly manifest: Manifest | undefined;
}

/** Input, counts and fingerprints are those of the run that made the version: they describe the content. */
export function restoredManifest(restoration: Restoration): UnpublishedManifest {
  const { job, date, runId, startedAt, image, from, staged, manifest } = restoration;
  const own = {
    job,
    logicalDate: date.iso,
    runId,
    try: 1,
    image,
    restoredFrom: from,
    timings: { startedAt: startedAt.toISOString() },
    findings: restoredFindings(restoration),
  } as const;
  if (manifest === undefined) return { ...own, ...unknownMaking(from, staged) };
  const { fingerprints, input, counts } = manifest;
  return { ...own, fingerprints, input, counts };
}

/** Findings of the earlier run stay; an error where the copy is not what that run had staged. */
export function restoredFindings({ staged, manifest }: Pick<Restoration, 'staged' | 'manifest'>): Finding[] {
  if (manifest === undefined) {
    const message = 'the manifest of the run that made the version is gone: nothing but the rows is known of it';
    return [warn('manifest_gone', message)];
  }
  const { rows, sha256 } = manifest.staged;
  const findings: Finding[] = [...manifest.findings];
  if (sha256 !== staged.sha256) {
    const message = `the version has the hash ${staged.sha256}, its manifest says ${sha256}`;
    findings.push(error('content_differs', message));
  }
  if (rows !== staged.rows) {
    const message = `the version has ${staged.rows} rows, its manifest counts ${rows}`;
    findings.push(error('rows_differ', message));
  }
  return findings;
}

function unknownMaking(
  from: RestoredFrom,
  staged: Staged,
): Pick<UnpublishedManifest, 'fingerprints' | 'input' | 'counts'> {
  const unknown = fingerprint(from);
  const none = { superseded: 0, quarantined: 0, blank: 0, reasons: {}, warnings: {}, unknownFields: {} };
  return {
    fingerprints: { input: unknown, rules: unknown, config: unknown, code: unknown },
    input: { source: 'version', versionId: from.versionId },
    counts: { read: staged.rows, published: staged.rows, ...none },
  };
}
