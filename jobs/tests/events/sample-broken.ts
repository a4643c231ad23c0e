/** The broken lines of the sample: every rule that can send a line to quarantine is seen at work once. */
import { plainEntries } from './clean-line.ts';
import { type Entry, SPACED, source, without, writeObject } from './json-writer.ts';
import type { RecipeEvent } from './recipe-maker.ts';
import { set } from './breakage.ts';

/** Makes a broken change of a good recipe. */
type BrokenChange = (recipe: RecipeEvent) => string | Uint8Array;

const changed =
  (change: (entries: readonly Entry[]) => readonly Entry[]): BrokenChange =>
  (recipe) =>
    writeObject(change(plainEntries(recipe)), SPACED);

const line = (recipe: RecipeEvent): string => writeObject(plainEntries(recipe), SPACED);

/** One list for each day of the sample. */
export const BROKEN_CHANGES: readonly (readonly BrokenChange[])[] = [
  [
    (recipe) => line(recipe).slice(0, 211),
    changed((entries) => set(entries, 'recipeYield', source('4'))),
    changed((entries) => without(entries, 'url')),
    changed((entries) => set(entries, 'cookTime', '45 minutes')),
  ],
  [
    (recipe) => Buffer.from(line({ ...recipe, name: 'Purée of yesterday' }), 'latin1'),
    changed((entries) => set(entries, 'url', '   ')),
    changed((entries) => set(entries, 'ingredients', '\n \r\n&nbsp;')),
    changed((entries) => set(entries, 'prepTime', 'PT1H30')),
  ],
  [
    (recipe) => line(recipe).replace(/\}$/, ', "name": "The same key again"}'),
    changed((entries) => set(entries, 'cookTime', 'P45M')),
    changed((entries) => set(set(without(entries, 'ingredients'), 'cookTime', source('20')), 'prepTime', 'P1M')),
    (recipe) => `[${line(recipe)}]`,
  ],
];
