/** The record of one run: what it read, what it decided, what it staged. Written before the publish, complete. */
import type { Finding } from './finding.ts';
import type { StepName } from '../layout.ts';
import type { Staged } from './staged.ts';

export const MANIFEST_VERSION = 1 as const;

/** SHA-256 in hex of what the run's result depends on; equal fingerprints give an equal day. */
export interface Fingerprints {
  readonly input: string;
  readonly rules: string;
  readonly config: string;
  readonly code: string;
}

export interface RestoredFrom {
  readonly versionId: string;
  /** The run that made the version; null where that is no longer known. */
  readonly runId: string | null;
}

/** A number of the run, and what it was before. */
export interface ChangedNumber {
  readonly before: number;
  readonly now: number;
}

/** What a run found otherwise than the run whose day it replaces. */
export interface Changes {
  /** The run whose day was published. */
  readonly since: string;
  /** By name; left out where either read no files. */
  readonly files?: Readonly<Record<string, 'new' | 'changed' | 'gone'>>;
  /** Those of the counts that differ. */
  readonly counts: Readonly<Record<string, ChangedNumber>>;
  /** Quarantined lines by broken rule, where they differ. */
  readonly reasons: Readonly<Record<string, ChangedNumber>>;
}

export interface Manifest<Input = Readonly<Record<string, unknown>>, Counts = Readonly<Record<string, unknown>>> {
  readonly manifestVersion: typeof MANIFEST_VERSION;
  readonly job: StepName;
  readonly logicalDate: string;
  readonly runId: string;
  readonly try: number;
  /** Version and commit of the code that ran. */
  readonly image: { readonly version: string; readonly commit: string };
  readonly fingerprints: Fingerprints;
  readonly input: Input;
  readonly counts: Counts;
  /** Only of a day that was published before, and changed since. */
  readonly changes?: Changes;
  readonly findings: readonly Finding[];
  readonly staged: Staged;
  /** The quarantine object of this run; null where nothing was quarantined. */
  readonly quarantine: { readonly key: string; readonly rows: number; readonly sha256: string } | null;
  /** Hash of the data object that this run replaced; null where there was none. */
  readonly replaces: string | null;
  /** Where the run brought an earlier version back: input, counts and fingerprints are those of the run that made it. */
  readonly restoredFrom?: RestoredFrom;
  readonly timings: { readonly startedAt: string; readonly [step: `${string}Ms`]: number };
}

export function formatManifest(manifest: Manifest<unknown, unknown>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** A manifest, or why the bytes are none: others may put files among ours, and versions to come may write other ones. */
export type ParsedManifest = { readonly manifest: Manifest } | { readonly why: string };

/** Checks what this version relies on; schema/manifest.schema.json has the whole shape. */
export function parseManifest(content: Uint8Array): ParsedManifest {
  let parsed: Partial<Manifest> | null;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)) as typeof parsed;
  } catch (error) {
    return { why: `is not JSON: ${(error as Error).message}` };
  }
  if (parsed?.manifestVersion !== MANIFEST_VERSION) {
    const found = JSON.stringify(parsed?.manifestVersion) ?? 'none';
    return { why: `has manifestVersion ${found}, this version reads ${String(MANIFEST_VERSION)}` };
  }
  const { runId, staged } = parsed;
  const isComplete = typeof runId === 'string' && typeof staged?.sha256 === 'string' && Number.isInteger(staged.rows);
  return isComplete ? { manifest: parsed as Manifest } : { why: 'lacks runId, staged.sha256 or staged.rows' };
}
