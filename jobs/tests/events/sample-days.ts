/** Makes the three days of sample events, the same bytes every time. */
import { gzipSync } from 'node:zlib';
import { set } from './breakage.ts';
import { plainEntries } from './clean-line.ts';
import { type Entry, SPACED, source, without, writeObject } from './json-writer.ts';
import type { InputFile } from '../oracles/lines.ts';
import { type Random, randomOf } from 'spark-connect/testing/random';
import { makeRecipe, type RecipeEvent } from './recipe-maker.ts';
import { BROKEN_CHANGES } from './sample-broken.ts';

export interface SampleDay {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly files: readonly InputFile[];
}

interface DayPlan {
  readonly date: string;
  readonly files: readonly string[];
}

const DAYS: readonly DayPlan[] = [
  { date: '2019-11-28', files: ['recipes-000.json', 'recipes-001.json', 'recipes-002.jsonl'] },
  { date: '2019-11-29', files: ['recipes-000.json', 'recipes-001.ndjson.gz', 'recipes-002.json'] },
  { date: '2019-11-30', files: ['recipes-000.json', 'recipes-001.json'] },
];
const SEED = 20_191_128;
const NEW_A_DAY = 100;
const CHANGES_WITHIN_A_DAY = 5;
const CHANGES_OF_EARLIER_DAYS = 9;
/** Cook and prep times whose totals lie at the edges of the levels. */
const EDGES = [
  ['PT19M59S', 'PT10M'],
  ['PT20M', 'PT10M'],
  ['PT45M', 'PT15M'],
  ['PT45M1S', 'PT15M'],
] as const;

type Line = string | Uint8Array;

export function sampleDays(): SampleDay[] {
  const random = randomOf(SEED);
  const known: RecipeEvent[] = [];
  return DAYS.map(({ date, files }, day) => {
    const earlier = [...known];
    const lines: Line[] = [];
    for (let place = 0; place < NEW_A_DAY; place += 1) {
      const recipe = newRecipe(random, known.length + 1, place);
      known.push(recipe);
      lines.push(writeObject(dressed(plainEntries(recipe), place), SPACED));
    }
    for (const recipe of someOf(random, earlier, day === 0 ? 0 : CHANGES_OF_EARLIER_DAYS)) {
      lines.splice(random.integer(0, lines.length), 0, changeOf(random, recipe));
    }
    // Changes of the day's own recipes, and broken ones, come after what they change.
    const today = known.slice(earlier.length, earlier.length + NEW_A_DAY / 2);
    const late = NEW_A_DAY * 0.6;
    for (const recipe of someOf(random, today, CHANGES_WITHIN_A_DAY)) {
      lines.splice(random.integer(late, lines.length), 0, changeOf(random, recipe));
    }
    for (const breakUp of BROKEN_CHANGES[day] ?? []) {
      const [recipe] = someOf(random, today, 1);
      if (recipe !== undefined) lines.splice(random.integer(late, lines.length), 0, breakUp(recipe));
    }
    lines.splice(random.integer(1, lines.length), 0, day === 1 ? ' ' : '');
    return { date, files: split(files, lines, day) };
  });
}

function newRecipe(random: Random, number: number, place: number): RecipeEvent {
  const recipe = makeRecipe(random, number, { beef: place % 4 === 1 });
  const edge = place % 8 === 1 ? EDGES[((place - 1) / 8) % 8] : undefined;
  if (edge !== undefined) return { ...recipe, cookTime: edge[0], prepTime: edge[1] };
  if (place % 11 === 5) return { ...recipe, cookTime: 'PT' };
  if (place % 13 === 6) return { ...recipe, prepTime: '' };
  if (place % 40 === 21) return { ...recipe, cookTime: '', prepTime: 'PT' };
  if (place % 9 === 4) return { ...recipe, cookTime: 'PT1.5H' };
  if (place % 17 === 3) return { ...recipe, cookTime: 'PT100M', prepTime: 'PT0H20M' };
  return place === 58 ? { ...recipe, prepTime: 'P1DT2H' } : recipe;
}

/** What pages do to good recipes: entities, extra fields, fields left out. */
function dressed(entries: readonly Entry[], place: number): readonly Entry[] {
  if (place % 7 === 2) return texts(entries, (text) => text.replaceAll('1/2', '&frac12;').replaceAll('é', '&eacute;'));
  if (place % 10 === 7)
    return texts(entries, (text) => text.replaceAll(' and ', ' &amp; ').replaceAll(' with ', ' &#38; '));
  if (place % 25 === 8) return [...entries, ['rating', source('4.5')], ['author', source('{"name":"Kim","posts":12}')]];
  if (place % 40 === 19) return without(entries, 'name', 'datePublished');
  if (place % 40 === 39) return texts(entries, (text) => text.replaceAll('\n', '\r\n'));
  if (place === 50) return set(entries, 'datePublished', 'Nov 29, 2019');
  return place === 60 ? [...entries.filter(([name]) => name !== 'image'), ['image', source('null')]] : entries;
}

function texts(entries: readonly Entry[], change: (text: string) => string): Entry[] {
  return entries.map(([name, value]) => [name, typeof value === 'string' && name !== 'url' ? change(value) : value]);
}

function changeOf(random: Random, recipe: RecipeEvent): string {
  const changed = random.pick([
    { ...recipe, cookTime: 'PT50M' },
    {
      ...recipe,
      ingredients: `${recipe.ingredients}\n1 cup beef stock`,
      description: `${recipe.description} Updated.`,
    },
    { ...recipe, name: `${recipe.name}, Revised`, recipeYield: 'Serves 8' },
  ]);
  return writeObject(plainEntries(changed), SPACED);
}

function someOf<T>(random: Random, items: readonly T[], count: number): T[] {
  return random.shuffle([...items]).slice(0, count);
}

/** The last file of the last day comes from a machine that writes a byte order mark and CRLF. */
function split(names: readonly string[], lines: readonly Line[], day: number): InputFile[] {
  const perFile = Math.ceil(lines.length / names.length);
  return names.map((name, index) => {
    const isForeign = day === 2 && index === names.length - 1;
    const parts = lines
      .slice(index * perFile, (index + 1) * perFile)
      .flatMap((line) => [typeof line === 'string' ? Buffer.from(line) : line, Buffer.from(isForeign ? '\r\n' : '\n')]);
    if (isForeign) parts.unshift(Buffer.from('\u{feff}'));
    const bytes = Buffer.concat(parts);
    return { name, bytes: name.endsWith('.gz') ? gzipSync(bytes, { level: 9 }) : bytes };
  });
}
