/** Says why a day has too many broken lines: how many break which rule, where one of them lies, and what the file may really be. */

/** A line of the quarantine, as it is staged. */
export interface BrokenLine {
  readonly raw?: string;
  /** Where the line is no UTF-8. */
  readonly raw_base64?: string;
  readonly reasons: readonly { readonly rule: string; readonly field?: string; readonly message: string }[];
  /** File and line, or topic, partition and offset. */
  readonly event: Readonly<Record<string, string | number | undefined>>;
}

interface Hint {
  /** @param text of the first broken line, without byte order mark and white space around */
  readonly fits: (text: string, bytes: Uint8Array) => boolean;
  readonly text: string;
}

const begins =
  (...start: readonly number[]) =>
  (_: string, bytes: Uint8Array): boolean =>
    start.every((byte, index) => bytes[index] === byte);
const looksLike =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

/** What people really deliver; the first that fits. */
const HINTS: readonly Hint[] = [
  { fits: begins(0x1f, 0x8b), text: 'it is compressed by gzip: name it .json.gz' },
  { fits: begins(0x28, 0xb5, 0x2f, 0xfd), text: 'it is compressed by zstd: name it .json.zst' },
  {
    fits: (text, bytes) => begins(0xff, 0xfe)(text, bytes) || begins(0xfe, 0xff)(text, bytes) || text.includes('\0'),
    text: 'it is UTF-16: make it UTF-8, as by iconv -f UTF-16 -t UTF-8',
  },
  {
    fits: looksLike(/^<(!doctype|html|head|body|\?xml)/i),
    text: 'it is a page of HTML or XML, perhaps an error that was saved for the events: fetch it again',
  },
  { fits: looksLike(/^\[/), text: "it is a JSON array: write one object a line, as by jq -c '.[]'" },
  {
    fits: looksLike(/^(\{|\}|\{\s*"(?:[^"\\]|\\.)*"\s*:.*,|"(?:[^"\\]|\\.)*"\s*:.*)$/s),
    text: 'its JSON goes over several lines: write one object a line, as by jq -c .',
  },
  {
    fits: looksLike(/^[^{}[\]<>]*[,;\t][^{}[\]<>]*$/),
    text: 'it looks like CSV: write one JSON object a line',
  },
];

const MAX_SHOWN = 80;

/** @param broken lines of the day by rule @param first quarantined line; undefined where it is not known */
export function refusalText(broken: Readonly<Record<string, number>>, first: BrokenLine | undefined): string {
  const counts = Object.entries(broken).toSorted(([, a], [, b]) => b - a);
  const texts = [counts.map(([rule, count]) => `${rule} ${count}`).join(', ')];
  if (first !== undefined) texts.push(exampleText(first), ...hintTexts(first));
  return texts.join('; ');
}

/** `recipes-000.json, line 17`, or topic, partition and offset. */
export function placeText({ event: { file, line, topic, partition, offset } }: Pick<BrokenLine, 'event'>): string {
  return file === undefined ? `topic ${topic}, partition ${partition}, offset ${offset}` : `${file}, line ${line}`;
}

/** The beginning of the line; undefined where it has no text. */
export function shownText({ raw }: Pick<BrokenLine, 'raw'>): string | undefined {
  if (raw === undefined) return undefined;
  return JSON.stringify(raw.length > MAX_SHOWN ? `${raw.slice(0, MAX_SHOWN)}…` : raw);
}

function exampleText(first: BrokenLine): string {
  const [reason] = first.reasons;
  const what = reason === undefined ? '' : `: ${[reason.field, reason.message].filter(Boolean).join(' ')}`;
  const shown = shownText(first);
  return `the first is ${placeText(first)}${what}${shown === undefined ? '' : ` (${shown})`}`;
}

function hintTexts({ raw, raw_base64: base64, reasons }: BrokenLine): string[] {
  // A line that is an event but breaks a rule is what it seems.
  if (!reasons.some(({ rule }) => NO_EVENT.has(rule))) return [];
  const bytes = base64 === undefined ? Buffer.from(raw ?? '') : Buffer.from(base64, 'base64');
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  const hint = HINTS.find(({ fits }) => fits(text, bytes));
  return hint === undefined ? [] : [hint.text];
}

/** Rules that a line breaks which is no JSON object at all. */
const NO_EVENT = new Set(['malformed', 'invalid_utf8']);
