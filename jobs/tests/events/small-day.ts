/** Days of a few plain events: quick to judge, for tests of everything but the judging. */
import { plainEntries } from './clean-line.ts';
import { SPACED, writeObject } from './json-writer.ts';
import type { InputFile } from '../oracles/lines.ts';
import { randomOf } from 'spark-connect/testing/random';
import { makeRecipe } from './recipe-maker.ts';

/**
 * @param version is in every description, so that each row says which day it belongs to
 * @param name of the one file; packed it is not, whatever the ending says
 */
export function smallDay(version: string, lines = 40, name = 'recipes.json'): InputFile {
  return {
    name,
    bytes: Buffer.from(
      smallLines(version, lines)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  };
}

/** The same recipes for every version: equal urls, other descriptions. */
export function smallLines(version: string, lines: number): string[] {
  const random = randomOf(lines);
  return Array.from({ length: lines }, (_, number) => {
    const recipe = makeRecipe(random, number, { beef: number % 4 === 0 });
    return writeObject(plainEntries({ ...recipe, description: version }), SPACED);
  });
}
