/** The independent judge of events: JSON.parse, Ajv and plain TypeScript say what Spark has to come to. */
import { checkNamed } from './checks.ts';
import { readObject } from './json.ts';
import { brokenKeywords, type Finding } from './keywords.ts';
import { compareBytewise, decodeUtf8, inReadingOrder, type InputFile, linesOf } from './lines.ts';
import { fromFile, type PublishedRow, type RecipeRow, toRow } from './row.ts';
import { keywordSeverity, readSchemas, type Schemas } from './schemas.ts';

export type LineJudgement =
  | { readonly kind: 'blank' }
  | { readonly kind: 'quarantined'; readonly reasons: readonly Finding[] }
  | {
      readonly kind: 'accepted';
      readonly row: RecipeRow;
      /** One for each unknown field, one for each broken rule of severity warn. */
      readonly warnings: readonly Finding[];
      readonly unknownFields: readonly string[];
    };

export interface QuarantinedLine {
  readonly file: string;
  readonly line: number;
  readonly reasons: readonly Finding[];
}

/** read = published + superseded + quarantined + blank */
export interface DayCounts {
  readonly read: number;
  readonly published: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly blank: number;
}

export interface DayJudgement {
  /** After de-duplication, sorted by url bytewise. */
  readonly rows: readonly PublishedRow[];
  /** By file name bytewise, then line. */
  readonly quarantine: readonly QuarantinedLine[];
  readonly counts: DayCounts;
  /** Rule -> accepted lines that break it, superseded lines included; a line counts once a rule. */
  readonly warnings: ReadonlyMap<string, number>;
  /** Name of an unknown field -> accepted lines that hold it. */
  readonly unknownFields: ReadonlyMap<string, number>;
}

/** Judges one line without its line feed. Bytes may be invalid UTF-8, a string never is. */
export function judgeLine(line: Uint8Array | string, schemas: Schemas): LineJudgement {
  const text = typeof line === 'string' ? line : decodeUtf8(line);
  if (text === undefined) return { kind: 'quarantined', reasons: [{ rule: 'invalid_utf8', field: null }] };
  const content = text.startsWith('\u{feff}') ? text.slice(1) : text;
  if (/^[ \t\r]*$/.test(content)) return { kind: 'blank' };
  const reading = readObject(content);
  if (reading.kind === 'object') return judgeEvent(reading.entries, schemas);
  return { kind: 'quarantined', reasons: [{ rule: reading.kind, field: null }] };
}

function judgeEvent(entries: ReadonlyMap<string, unknown>, schemas: Schemas): LineJudgement {
  const reasons: Finding[] = [];
  const warnings: Finding[] = [];
  for (const finding of brokenKeywords(entries, schemas)) {
    (keywordSeverity(schemas, finding.rule) === 'error' ? reasons : warnings).push(finding);
  }
  const strings = new Map<string, string>();
  for (const [name, value] of entries) if (typeof value === 'string') strings.set(name, value);
  for (const { name, field, check, severity } of schemas.rules) {
    // Checks judge strings: a value of another type has already been reported as that.
    const hasWrongType = (entries.get(field) ?? null) !== null && !strings.has(field);
    if (hasWrongType || !checkNamed(check)(strings.get(field))) continue;
    (severity === 'error' ? reasons : warnings).push({ rule: name, field });
  }
  if (reasons.length > 0) return { kind: 'quarantined', reasons };
  const unknownFields = [...entries.keys()].filter((name) => !Object.hasOwn(schemas.input.properties, name));
  return { kind: 'accepted', row: toRow(strings), warnings, unknownFields };
}

/** Judges all lines of a day's files, then keeps the last accepted event of each url. */
export function judgeDay(files: readonly InputFile[], schemas: Schemas = readSchemas()): DayJudgement {
  const latest = new Map<string, PublishedRow>();
  const quarantine: QuarantinedLine[] = [];
  const warnings = new Map<string, number>();
  const unknownFields = new Map<string, number>();
  let read = 0;
  let blank = 0;
  for (const file of inReadingOrder(files)) {
    for (const { line, text } of linesOf(file)) {
      read += 1;
      const judged = text === undefined ? INVALID_UTF8 : judgeLine(text, schemas);
      if (judged.kind === 'blank') {
        blank += 1;
      } else if (judged.kind === 'quarantined') {
        quarantine.push({ file: file.name, line, reasons: judged.reasons });
      } else {
        latest.set(judged.row.url, { ...judged.row, event: fromFile(file.name) });
        for (const rule of new Set(judged.warnings.map((warning) => warning.rule))) countUp(warnings, rule);
        for (const name of judged.unknownFields) countUp(unknownFields, name);
      }
    }
  }
  const rows = [...latest.values()].sort((a, b) => compareBytewise(a.url, b.url));
  const [published, quarantined] = [rows.length, quarantine.length];
  const superseded = read - published - quarantined - blank;
  return { rows, quarantine, counts: { read, published, superseded, quarantined, blank }, warnings, unknownFields };
}

const INVALID_UTF8: LineJudgement = { kind: 'quarantined', reasons: [{ rule: 'invalid_utf8', field: null }] };

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
