/** Leftovers of a lake as people read them. */
import type { Leftover } from 'lake';
import { ageText, countText, sizeText } from './format.ts';

interface CleanTotal {
  readonly objects: number;
  readonly sizeBytes: number;
}

export const NO_LEFTOVERS: CleanTotal = { objects: 0, sizeBytes: 0 };

export const totalWith = (total: CleanTotal, { objects, sizeBytes }: CleanTotal): CleanTotal => {
  return { objects: total.objects + objects, sizeBytes: total.sizeBytes + sizeBytes };
};

export function leftoverText(leftover: Leftover, url: string, now: Date): string {
  const { kind, objects, sizeBytes, at } = leftover;
  const age = ageText(Math.max(0, (now.getTime() - at.getTime()) / 1000));
  const size = kind === 'upload' ? 'unfinished' : sizeText(sizeBytes);
  return `${kind.padEnd(13)}${age.padStart(7)}  ${size.padStart(10)}  ${url}${objects === 1 ? '' : ` (${countText(objects, 'object')})`}`;
}

export const totalText = (total: CleanTotal): string =>
  `${countText(total.objects, 'object')}, ${sizeText(total.sizeBytes)}`;
