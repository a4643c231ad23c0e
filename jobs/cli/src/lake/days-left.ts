/** Decides what a back-fill says of how far it is: which day of how many, and about how long the rest takes. */
import { durationText } from 'runtime';

/**
 * @param index of the day that is run, from 0
 * @param elapsedMs of each day that was run before it
 * @returns nothing where one day is all there is
 */
export function daysLeftText(index: number, days: number, elapsedMs: readonly number[]): string {
  if (days < 2) return '';
  const place = `day ${index + 1} of ${days}`;
  if (elapsedMs.length === 0) return place;
  // The median: one day that waited for something says little of the others.
  const sorted = elapsedMs.toSorted((a, b) => a - b);
  const typical = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `${place}, about ${durationText(typical * (days - index))} left`;
}
