/** Invents a believable recipe event from the word lists. */
import type { Random } from 'spark-connect/testing/random';
import { BEEF_FAMILY, COMPANIONS, FAMILIES, PANTRY, REMARKS, SITES, YIELDS } from './recipe-words.ts';

/** A raw event: what a page says about a recipe, all of it text. */
export interface RecipeEvent {
  readonly name: string;
  /** One per line. */
  readonly ingredients: string;
  readonly url: string;
  readonly image: string;
  readonly cookTime: string;
  readonly recipeYield: string;
  readonly datePublished: string;
  readonly prepTime: string;
  readonly description: string;
}

/** The number makes the url unique, whatever the name is. */
export function makeRecipe(random: Random, number: number, { beef }: { beef: boolean }): RecipeEvent {
  const family = beef ? BEEF_FAMILY : random.pick(FAMILIES);
  const [main, mainLine] = random.pick(family.mains);
  const [companion, companionLine] = random.pick(COMPANIONS);
  const dish = random.pick(family.dishes);
  const name = `${random.pick(family.styles)} ${main} ${dish} with ${companion}`;
  const basics = random.shuffle([...family.basics]).slice(0, random.integer(2, 3));
  const pantry = random.shuffle([...PANTRY]).slice(0, random.integer(2, 3));
  const site = random.pick(SITES);
  const slug = `${slugOf(name)}-${String(number)}`;
  return {
    name,
    ingredients: [mainLine, companionLine, ...basics, ...pantry].join('\n'),
    url: `${site}${slug}/`,
    image: `${new URL(site).origin}/images/${slug}.jpg`,
    cookTime: minutesAsDuration(roundedMinutes(random, family.cook)),
    recipeYield: random.pick(YIELDS),
    datePublished: dayBefore(random.integer(0, 3600)),
    prepTime: minutesAsDuration(roundedMinutes(random, family.prep)),
    description: `${main} and ${companion.toLowerCase()} in a ${dish.toLowerCase()}. ${random.pick(REMARKS)}`,
  };
}

/** 95 -> PT1H35M, 0 -> PT0S. */
export function minutesAsDuration(minutes: number): string {
  if (minutes === 0) return 'PT0S';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours > 0 ? `${String(hours)}H` : ''}${rest > 0 ? `${String(rest)}M` : ''}`;
}

export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return plain.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

function roundedMinutes(random: Random, [from, to]: readonly [number, number]): number {
  const minutes = random.integer(from, to);
  return minutes > 20 ? Math.round(minutes / 5) * 5 : minutes;
}

const LAST_DAY_MS = Date.UTC(2019, 10, 28);
const DAY_MS = 86_400_000;

function dayBefore(days: number): string {
  return new Date(LAST_DAY_MS - days * DAY_MS).toISOString().slice(0, 10);
}
