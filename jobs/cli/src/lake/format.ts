/** Sizes, ages and counts as people read them. */

const SIZES = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** `1.2 MB` */
export function sizeText(sizeBytes: number): string {
  const [unit, size] = SIZES.find(([, size]) => sizeBytes >= size) ?? ['B', 1];
  return `${size === 1 ? sizeBytes : (sizeBytes / size).toFixed(1)} ${unit}`;
}

const AGES = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** `3 d`, in the largest unit of which there are two */
export function ageText(seconds: number): string {
  const [unit, size] = AGES.find(([, size]) => seconds >= 2 * size) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** `1 file`, `3 files` */
export const countText = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
