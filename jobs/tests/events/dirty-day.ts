/** Makes a seeded day of events: clean lines of many kinds, and lines broken in every way of the table. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { BROKEN_BYTES } from './broken-bytes.ts';
import { BROKEN_JSON } from './broken-json.ts';
import { BROKEN_VALUES } from './broken-values.ts';
import { cleanEntries } from './clean-line.ts';
import { anyStyle, type Entry, replaced, writeObject } from './json-writer.ts';
import type { InputFile } from '../oracles/lines.ts';
import { type Random, randomOf } from 'spark-connect/testing/random';
import { makeRecipe } from './recipe-maker.ts';
import type { Way } from './breakage.ts';

/** Every way to break a line. */
export const WAYS: readonly Way[] = [...BROKEN_JSON, ...BROKEN_BYTES, ...BROKEN_VALUES];

export interface DirtyDayOptions {
  readonly seed: number;
  /** All lines of the day, blank ones included. */
  readonly lines: number;
  /** In [0, 1]; 0 gives a clean day. */
  readonly brokenShare: number;
  /** Names of the files; the ending decides how they are packed. */
  readonly files?: readonly string[];
  /** Every way occurs at least so often, even where that takes more than the broken share. */
  readonly atLeast?: number;
}

export interface DirtyDay {
  readonly files: readonly InputFile[];
  /** Way -> lines broken by it. Their sum is what must be quarantined. */
  readonly brokenBy: ReadonlyMap<string, number>;
  readonly blank: number;
}

/** Bytewise 10 comes before 9, capitals before small letters; a name may hold spaces and percent signs. */
const FILES = ['recipes-10.json', 'recipes-9.jsonl', 'Nachtrag über 5%20.ndjson.gz', 'recipes-9.ndjson.zst'];
const BLANKS = ['', ' ', '\r', '\t \r', '\u{feff}', '\u{feff} \r'] as const;
const SURROUNDED: readonly [(line: string) => string, ...((line: string) => string)[]] = [
  (line) => `\u{feff}${line}`,
  (line) => ` \t${line}\r\r`,
  (line) => `\r${line} `,
];
const BYTE_ORDER_MARK = Buffer.from('\u{feff}');
const CRLF = Buffer.from('\r\n');
const LF = Buffer.from('\n');
const BLANK_SHARE = 0.01;
const SEEN_AGAIN_SHARE = 0.15;
/** One line in so many is longer than any buffer that a reader may have. */
const LONG_EVERY = 1500;

/** The same options give the same bytes before packing. Throws where the lines cannot hold the broken ones. */
export function dirtyDay(options: DirtyDayOptions): DirtyDay {
  const random = randomOf(options.seed);
  const { broken, brokenBy } = planBroken(options, random);
  const blank = options.brokenShare < 1 ? Math.floor((options.lines - broken.length) * BLANK_SHARE) : 0;
  const clean = options.lines - broken.length - blank;
  if (clean < 0)
    throw new RangeError(`${String(options.lines)} lines cannot hold ${String(broken.length)} broken ones.`);
  const plan: Plan[] = [...broken];
  for (let left = clean; left > 0; left -= 1) plan.push('clean');
  for (let left = blank; left > 0; left -= 1) plan.push('blank');
  random.shuffle(plan);
  return { files: writeFiles(options.files ?? FILES, plan, random), brokenBy, blank };
}

interface Broken {
  readonly way: Way;
  readonly variant: number;
}

type Plan = Broken | 'clean' | 'blank';

/** Goes round the ways, and within a way round its variants, from a seeded start. */
function planBroken(options: DirtyDayOptions, random: Random): { broken: Broken[]; brokenBy: Map<string, number> } {
  const { lines, brokenShare, atLeast = 0 } = options;
  const total = Math.max(Math.round(lines * brokenShare), WAYS.length * atLeast);
  const ways = random.shuffle([...WAYS]);
  const starts = new Map(ways.map((way) => [way.name, random.integer(0, way.variants.length - 1)]));
  const brokenBy = new Map<string, number>();
  const broken: Broken[] = [];
  while (broken.length < total) {
    for (const way of ways.slice(0, total - broken.length)) {
      const count = brokenBy.get(way.name) ?? 0;
      broken.push({ way, variant: ((starts.get(way.name) ?? 0) + count) % way.variants.length });
      brokenBy.set(way.name, count + 1);
    }
  }
  return { broken, brokenBy };
}

function writeFiles(names: readonly string[], plan: readonly Plan[], random: Random): InputFile[] {
  const write = lineWriter(random);
  const perFile = Math.ceil(plan.length / names.length);
  return names.map((name, index) => {
    const share = plan.slice(index * perFile, (index + 1) * perFile);
    const parts: Uint8Array[] = [];
    for (const [place, planned] of share.entries()) {
      const line = write(planned);
      const bytes = typeof line === 'string' ? Buffer.from(line) : line;
      // Only one byte order mark is tolerated.
      if (place === 0 && index % 2 === 0 && bytes[0] !== BYTE_ORDER_MARK[0]) parts.push(BYTE_ORDER_MARK);
      parts.push(bytes);
      // A last line needs no line feed, unless nothing else makes it a line.
      const isOpenEnd = index % 3 === 2 && place === share.length - 1 && planned !== 'blank';
      if (!isOpenEnd) parts.push(random.chance(index % 2 === 1 ? 0.9 : 0.1) ? CRLF : LF);
    }
    return { name, bytes: pack(name, Buffer.concat(parts)) };
  });
}

/** Keeps in mind which urls the day has had, so that later lines can be about them again. */
function lineWriter(random: Random): (planned: Plan) => string | Uint8Array {
  const urls: string[] = [];
  let written = 0;
  const nextEntries = (): Entry[] => {
    written += 1;
    const recipe = makeRecipe(random, written, { beef: random.chance(0.25) });
    const earlier = random.chance(SEEN_AGAIN_SHARE) ? urls[random.integer(0, urls.length - 1)] : undefined;
    urls.push(earlier ?? recipe.url);
    return cleanEntries({ ...recipe, url: earlier ?? recipe.url }, random);
  };
  return (planned) => {
    if (planned === 'blank') return random.pick(BLANKS);
    const entries = nextEntries();
    if (planned !== 'clean') return (planned.way.variants[planned.variant] ?? planned.way.variants[0])(entries, random);
    const isLong = written % LONG_EVERY === LONG_EVERY / 3;
    const line = writeObject(isLong ? replaced(entries, 'description', longText(random)) : entries, anyStyle(random));
    return random.chance(0.05) ? random.pick(SURROUNDED)(line) : line;
  };
}

function longText(random: Random): string {
  return 'a long &amp; winding story 🍲 "ça" '.repeat(random.integer(2000, 8000));
}

function pack(name: string, bytes: Uint8Array): Uint8Array {
  if (name.endsWith('.gz')) return gzipSync(bytes, { level: 1 });
  return name.endsWith('.zst') ? zstdCompressSync(bytes) : bytes;
}
