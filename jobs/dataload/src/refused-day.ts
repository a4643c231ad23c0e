/** Adds to the finding that stops a day for its broken lines what a person wants to know of them. */
import type { Finding, ObjectStore, Staged } from 'lake';
import { type BrokenLine, refusalText } from './refusal.ts';

/** A longer line is told by its counts alone. */
const MAX_LINE_BYTES = 1024 * 1024;

/**
 * @param broken lines of the day by rule
 * @param quarantine staged, in the order of the input; undefined where nothing was quarantined
 */
export async function withReasons(
  findings: readonly Finding[],
  broken: Readonly<Record<string, number>>,
  store: ObjectStore,
  quarantine: Staged | undefined,
): Promise<Finding[]> {
  if (quarantine === undefined || !findings.some(isAboutQuarantine)) return [...findings];
  const why = refusalText(broken, await firstLine(store, quarantine));
  return findings.map((finding) =>
    isAboutQuarantine(finding) ? { ...finding, message: `${finding.message}: ${why}` } : finding,
  );
}

const isAboutQuarantine = ({ code, severity }: Finding): boolean =>
  code === 'quarantined_share' && severity === 'error';

async function firstLine(store: ObjectStore, { key, sizeBytes }: Staged): Promise<BrokenLine | undefined> {
  const bytes = await store.readRange(key, 0, Math.min(sizeBytes, MAX_LINE_BYTES));
  const end = bytes.indexOf(0x0a);
  if (end === -1) return undefined;
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as BrokenLine;
}
