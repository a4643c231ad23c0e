/** Days of any size, written as streams, of which every count is known beforehand. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { plainEntries } from './clean-line.ts';
import { SPACED, writeObject } from './json-writer.ts';
import type { DayCounts } from '../oracles/oracle.ts';
import { randomOf } from 'spark-connect/testing/random';
import { makeRecipe } from './recipe-maker.ts';

const LINES_A_FILE = 50_000;
/** Events of these places are what the name says; all others are good, and each the only one of its url. */
const BROKEN_EVERY = 100;
const REPEATED_EVERY = 25;
const BLANK_EVERY = 1_000;

type Kind = 'good' | 'broken' | 'repeated' | 'blank';

function kindOf(place: number): Kind {
  if (place % BLANK_EVERY === BLANK_EVERY - 1) return 'blank';
  if (place % BROKEN_EVERY === 7) return 'broken';
  return place % REPEATED_EVERY === 3 ? 'repeated' : 'good';
}

function* lines(from: number, to: number): Generator<string> {
  const random = randomOf(from + 1);
  for (let place = from; place < to; place++) {
    const kind = kindOf(place);
    const recipe = makeRecipe(random, place, { beef: place % 4 === 0 });
    // The url of a repeated one is that of the event three places before, which is good.
    const number = kind === 'repeated' ? place - 3 : place;
    const event = { ...recipe, url: `https://recipes.example/${number}/` };
    const line = kind === 'broken' ? { ...event, cookTime: 'soon' } : event;
    yield kind === 'blank' ? '\n' : `${writeObject(plainEntries(line), SPACED)}\n`;
  }
}

/** What dataload has to count. */
export function countsOfGenerated(events: number): DayCounts {
  const counts: Record<Kind, number> = { good: 0, broken: 0, repeated: 0, blank: 0 };
  for (let place = 0; place < events; place++) counts[kindOf(place)] += 1;
  return {
    read: events,
    published: counts.good,
    superseded: counts.repeated,
    quarantined: counts.broken,
    blank: counts.blank,
  };
}

/** The same number of events gives the same bytes. @returns names of the files */
export async function writeGenerated(folder: string, events: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  for (let from = 0; from < events; from += LINES_A_FILE) {
    const name = `recipes-${String(names.length).padStart(3, '0')}.json`;
    const text = Readable.from(lines(from, Math.min(from + LINES_A_FILE, events)));
    await pipeline(text, createWriteStream(join(folder, name)));
    names.push(name);
  }
  return names;
}
