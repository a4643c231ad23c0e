/** Dresses up an invented recipe as a line that breaks no rule. */
import {
  BLANK_TEXTS,
  ENTITY_TEXTS,
  GOOD_DURATIONS,
  INGREDIENT_TEXTS,
  NULL,
  TRICKY_TEXTS,
  UNICODE_TEXTS,
  UNKNOWN_DURATIONS,
  UNKNOWN_FIELDS,
  URLS,
} from './clean-values.ts';
import { GOOD_DATES, NO_DATES } from './date-texts.ts';
import { type Entry, replaced, without } from './json-writer.ts';
import type { Random } from 'spark-connect/testing/random';
import type { RecipeEvent } from './recipe-maker.ts';

type Flavour = (entries: readonly Entry[], random: Random) => Entry[];

const TEXTS = ['name', 'recipeYield', 'image', 'description'] as const;
const DURATIONS = ['cookTime', 'prepTime'] as const;
const OPTIONAL = [...TEXTS, ...DURATIONS, 'datePublished'] as const;

const FLAVOURS: readonly [Flavour, ...Flavour[]] = [
  (entries, random) => replaced(entries, random.pick(DURATIONS), random.pick(GOOD_DURATIONS)),
  (entries, random) => replaced(entries, random.pick(DURATIONS), random.pick(GOOD_DURATIONS)),
  (entries, random) => replaced(entries, random.pick(DURATIONS), random.pick(UNKNOWN_DURATIONS)),
  (entries, random) => replaced(entries, 'datePublished', random.pick(GOOD_DATES)),
  (entries, random) => replaced(entries, 'datePublished', random.pick(NO_DATES)),
  (entries, random) => replaced(entries, random.pick(TEXTS), random.pick(ENTITY_TEXTS)),
  (entries, random) => replaced(entries, random.pick(TEXTS), random.pick(ENTITY_TEXTS)),
  (entries, random) => replaced(entries, random.pick(TEXTS), random.pick(UNICODE_TEXTS)),
  (entries, random) => replaced(entries, random.pick(TEXTS), random.pick(TRICKY_TEXTS)),
  (entries, random) => replaced(entries, random.pick(TEXTS), random.pick(BLANK_TEXTS)),
  (entries, random) => replaced(entries, 'ingredients', random.pick(INGREDIENT_TEXTS)),
  (entries, random) => replaced(entries, 'ingredients', `${random.pick(ENTITY_TEXTS)}\n${random.pick(UNICODE_TEXTS)}`),
  (entries, random) => replaced(entries, random.pick(OPTIONAL), NULL),
  (entries, random) => without(entries, random.pick(OPTIONAL)),
  (entries, random) => without(entries, ...OPTIONAL.filter(() => random.chance(0.5))),
  (entries, random) => withUnknown(entries, random),
  (entries, random) => withUnknown(withUnknown(entries, random), random),
  (entries, random) => random.shuffle([...entries]),
  (entries, random) => mapText(entries, 'url', random.pick(URLS)),
];

/** The fields of a recipe as they are, in the order in which the real events have them. */
export function plainEntries(recipe: RecipeEvent): Entry[] {
  return Object.entries(recipe).map(([name, value]: [string, string]): Entry => [name, value]);
}

/** The fields of a recipe in some of the ways in which pages write them. */
export function cleanEntries(recipe: RecipeEvent, random: Random): Entry[] {
  let entries = plainEntries(recipe);
  if (random.chance(0.3)) return entries;
  for (let left = random.integer(1, 4); left > 0; left -= 1) entries = random.pick(FLAVOURS)(entries, random);
  return entries;
}

function withUnknown(entries: readonly Entry[], random: Random): Entry[] {
  const unknown = random.pick(UNKNOWN_FIELDS);
  const rest = without(entries, unknown[0]);
  const place = random.integer(0, rest.length);
  return [...rest.slice(0, place), unknown, ...rest.slice(place)];
}

function mapText(entries: readonly Entry[], name: string, change: (text: string) => string): Entry[] {
  return entries.map((entry) => {
    const [field, value] = entry;
    return field === name && typeof value === 'string' ? [field, change(value)] : entry;
  });
}
