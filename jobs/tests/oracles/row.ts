/** Makes the row of the table from the strings of an accepted event. */
import { toDate } from './dates.ts';
import { toSeconds, toSum } from './durations.ts';
import { toLines, toText, toTrimmed } from './text.ts';

export interface RecipeRow {
  readonly url: string;
  readonly name: string | null;
  readonly ingredients: readonly string[];
  readonly cook_time_seconds: number | null;
  readonly prep_time_seconds: number | null;
  readonly total_time_seconds: number | null;
  readonly recipe_yield: string | null;
  readonly image: string | null;
  readonly description: string | null;
  /** YYYY-MM-DD */
  readonly date_published: string | null;
}

/** Where an event came from; of a file only its name within the day's folder is known. */
export interface EventOrigin {
  readonly file: string;
  readonly topic: null;
  readonly partition: null;
  readonly offset: null;
  readonly timestamp: null;
}

export interface PublishedRow extends RecipeRow {
  readonly event: EventOrigin;
}

/** The strings must have passed every rule. */
export function toRow(strings: ReadonlyMap<string, string>): RecipeRow {
  const cook = toSeconds(strings.get('cookTime'));
  const prep = toSeconds(strings.get('prepTime'));
  return {
    url: toTrimmed(strings.get('url')) ?? '',
    name: toText(strings.get('name')),
    ingredients: toLines(strings.get('ingredients') ?? ''),
    cook_time_seconds: cook,
    prep_time_seconds: prep,
    total_time_seconds: toSum(cook, prep),
    recipe_yield: toText(strings.get('recipeYield')),
    image: toText(strings.get('image')),
    description: toText(strings.get('description')),
    date_published: toDate(strings.get('datePublished')),
  };
}

export function fromFile(file: string): EventOrigin {
  return { file, topic: null, partition: null, offset: null, timestamp: null };
}
