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
  const before = published.counts;
  const what = {
    ...changedFiles(filesOf(published.input), filesOf(input)),
    counts: changedNumbers(Object.keys(counts), before as Numbers, counts),
    reasons: changedReasons(before['reasons'] as Numbers | undefined, reasons),
  };
  const isSame = Object.values(what).every((part) => Object.keys(part).length === 0);
  // The day of the same input is still the corrected one.
  return isSame ? published.changes : { since: published.runId, ...what };
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

const changedReasons = (before: Numbers = {}, now: Numbers): Changes['reasons'] =>
  changedNumbers([...new Set([...Object.keys(now), ...Object.keys(before)])], before, now);

/** Those that differ; what is missing is 0. */
function changedNumbers(names: readonly string[], before: Numbers, now: Numbers): Changes['counts'] {
  const numbers = names.map((name) => [name, { before: before[name] ?? 0, now: now[name] ?? 0 }] as const);
  return Object.fromEntries(numbers.filter(([, { before: old, now: own }]) => old !== own));
}
