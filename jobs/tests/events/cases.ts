/** Loads the data cases of test/cases and says where a judgement of their input differs from what they expect. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InputFile } from '../oracles/lines.ts';
import type { DayCounts, QuarantinedLine } from '../oracles/oracle.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The content of expect.json. */
export interface Expectation {
  /** What the case shows, in a sentence. */
  readonly about: string;
  /** One for each published url, with only the columns that the case is about; of `event` only the named fields. */
  readonly rows: readonly { readonly url: string; readonly [column: string]: Json }[];
  /** Reasons as `rule:field`, or `rule` for the whole line, in their order. The file is input.ndjson unless named. */
  readonly quarantine: readonly {
    readonly file?: string;
    readonly line: number;
    readonly reasons: readonly string[];
  }[];
  readonly counts: DayCounts;
  /** Rule -> lines; only the rules named here are compared. */
  readonly warnings?: Readonly<Record<string, number>>;
  /** Name -> lines; all unknown fields of the case, where given. */
  readonly unknownFields?: Readonly<Record<string, number>>;
}

export interface DataCase {
  /** The name of its folder. */
  readonly name: string;
  /** Every file of the folder but expect.json, also those that nobody should read. */
  readonly files: readonly InputFile[];
  readonly expected: Expectation;
}

/** What a runner found. BIGINT may be number or bigint, a date is YYYY-MM-DD; a DayJudgement fits as it is. */
export interface Outcome {
  readonly rows: readonly object[];
  readonly quarantine: readonly QuarantinedLine[];
  readonly counts: DayCounts;
  readonly warnings?: ReadonlyMap<string, number>;
  readonly unknownFields?: ReadonlyMap<string, number>;
}

const CASES = fileURLToPath(new URL('../cases', import.meta.url));
const EXPECTATION = 'expect.json';
const USUAL_FILE = 'input.ndjson';

/** All cases by name. Throws where there are none, so that a wrong folder is no success. */
export function loadCases(folder: string = CASES): DataCase[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (names.length === 0) throw new Error(`No data case in ${folder}: one folder a case is expected there.`);
  return names.map(({ name }) => loadCase(folder, name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function loadCase(folder: string, name: string): DataCase {
  const read = (file: string): Buffer => readFileSync(join(folder, name, file));
  const inputs = readdirSync(join(folder, name)).filter((file) => file !== EXPECTATION);
  const expected: Expectation = JSON.parse(read(EXPECTATION).toString());
  return { name, files: inputs.map((file) => ({ name: file, bytes: read(file) })), expected };
}

/** One sentence for each difference; none if the outcome is what the case expects. */
export function differencesOf({ expected }: DataCase, outcome: Outcome): string[] {
  const quarantine = Object.fromEntries(expected.quarantine.map((entry) => [whereOf(entry), entry.reasons]));
  const found = Object.fromEntries(outcome.quarantine.map((entry) => [whereOf(entry), entry.reasons.map(reasonOf)]));
  return [
    ...rowDifferences(expected, outcome),
    ...compare('quarantine', quarantine, found, 'whole'),
    ...compare('counts', { ...expected.counts }, { ...outcome.counts }, 'whole'),
    ...compareCounts('warnings', expected.warnings, outcome.warnings, 'named'),
    ...compareCounts('unknown fields', expected.unknownFields, outcome.unknownFields, 'whole'),
  ];
}

type Extent = 'whole' | 'named';

function rowDifferences(expected: Expectation, outcome: Outcome): string[] {
  const wanted = new Map(expected.rows.map((row): [Json, Json] => [row.url, row]));
  const found = new Map(outcome.rows.map((row) => plain(row)).map((row): [Json, Json] => [fieldOf(row, 'url'), row]));
  const differences = [...wanted].flatMap(([url, row]) => {
    const published = found.get(url);
    return published === undefined ? [`${show(url)} is not published`] : compare(show(url), row, published, 'named');
  });
  const surplus = [...found.keys()].filter((url) => !wanted.has(url)).map((url) => `${show(url)} is published`);
  const twice = found.size === outcome.rows.length ? [] : ['a url is published twice'];
  return [...differences, ...surplus, ...twice];
}

function compareCounts(
  what: string,
  expected: Readonly<Record<string, number>> | undefined,
  found: ReadonlyMap<string, number> | undefined,
  extent: Extent,
): string[] {
  if (expected === undefined || found === undefined) return [];
  return compare(what, expected, Object.fromEntries(found), extent);
}

/** Objects are compared field by field, all other values as a whole. */
function compare(what: string, expected: Json, found: Json, extent: Extent): string[] {
  if (!isObject(expected) || !isObject(found)) {
    return show(expected) === show(found) ? [] : [`${what}: ${show(found)} instead of ${show(expected)}`];
  }
  const names = new Set([...Object.keys(expected), ...(extent === 'whole' ? Object.keys(found) : [])]);
  return [...names].flatMap((name) =>
    compare(`${what} ${name}`, fieldOf(expected, name), fieldOf(found, name), extent),
  );
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A missing field is shown as null would be. */
function fieldOf(value: Json, name: string): Json {
  return isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

function whereOf({ file, line }: { readonly file?: string; readonly line: number }): string {
  return `${file ?? USUAL_FILE}:${String(line)}`;
}

function reasonOf({ rule, field }: QuarantinedLine['reasons'][number]): string {
  return field === null ? rule : `${rule}:${field}`;
}

/** The row as JSON has it. */
function plain(row: object): Json {
  return JSON.parse(
    JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  );
}

function show(value: Json): string {
  return JSON.stringify(value);
}
