/** What a run found otherwise than the run whose day it replaces, so that a correction can be read from the manifest. Pure. */
import type { Manifest } from 'lake';

type Changes = NonNullable<Manifest['changes']>;
type Numbers = Readonly<Record<string, number>>;

interface Loaded {
  readonly input: Readonly<Record<string, unknown>>;
  readonly counts: Numbers;
  readonly reasons: Numbers;
}

interface InputFile {
  readonly name: string;
  readonly etag: string;
}

/**
 * @param published of the day that stands; undefined where there is none, or nothing is known of it
 * @returns undefined where nothing changed, and nothing was told before
 */
export function changesSince(published: Manifest | undefined, { input, counts, reasons }: Loaded): Changes | undefined {
  if (published === undefined) return undefined;
  const { reasons: reasonsBefore = {}, ...countsBefore } = published.counts;
  const changes = {
    since: published.runId,
    ...changedFiles(filesOf(published.input), filesOf(input)),
    counts: changedNumbers(countsBefore as Numbers, counts),
    reasons: changedNumbers(reasonsBefore as Numbers, reasons),
  };
  const { since: _, ...what } = changes;
  // The day of the same input is still the corrected one.
  return Object.values(what).every((part) => Object.keys(part).length === 0) ? published.changes : changes;
}

/** One line for a person, such as `since run X: corrected.json is new; read 2 -> 3, published 1 -> 2`. */
export function changesText({ since, files = {}, counts, reasons }: Changes): string {
  const named = Object.entries(files).map(([name, what]) => `${name} is ${what}`);
  const numbers = Object.entries({ ...counts, ...reasons }).map(
    ([name, { before, now }]) => `${name} ${before} -> ${now}`,
  );
  return `since run ${since}: ${[...named, numbers.join(', ')].filter((text) => text !== '').join('; ')}`;
}

/** Undefined where the input was no files. */
function filesOf(input: Readonly<Record<string, unknown>>): readonly InputFile[] | undefined {
  return input['source'] === 'files' ? (input['files'] as readonly InputFile[]) : undefined;
}

function changedFiles(
  before: readonly InputFile[] | undefined,
  now: readonly InputFile[] | undefined,
): Pick<Changes, 'files'> {
  if (before === undefined || now === undefined) return {};
  const [etagsBefore, etagsNow] = [before, now].map((files) => new Map(files.map(({ name, etag }) => [name, etag])));
  const files: Record<string, 'new' | 'changed' | 'gone'> = {};
  for (const [name, etag] of etagsNow!) {
    const old = etagsBefore!.get(name);
    if (old !== etag) files[name] = old === undefined ? 'new' : 'changed';
  }
  for (const name of etagsBefore!.keys()) if (!etagsNow!.has(name)) files[name] = 'gone';
  return { files };
}

/** Those that differ; what is missing is 0. */
function changedNumbers(before: Numbers, now: Numbers): Changes['counts'] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return Object.fromEntries(
    names
      .map((name) => [name, { before: before[name] ?? 0, now: now[name] ?? 0 }] as const)
      .filter(([name, { before: old, now: own }]) => old !== own && (name in now || typeof old === 'number')),
  );
}
