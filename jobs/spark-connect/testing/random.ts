/** A small seeded source of chance (mulberry32), so that what failed can be made again from its seed. */

export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number in [low, high]. */
  integer(low: number, high: number): number;
  chance(share: number): boolean;
  /** @throws RangeError where there is no choice */
  pick<T>(choices: readonly T[]): T;
  /** Shuffles in place and returns the same array. */
  shuffle<T>(items: T[]): T[];
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    integer,
    chance: (share) => next() < share,
    pick: <T>(choices: readonly T[]): T => {
      if (choices.length === 0) throw new RangeError('nothing to pick from');
      return choices[integer(0, choices.length - 1)] as T;
    },
    shuffle: (items) => {
      const drawn = items.map((item) => ({ item, order: next() })).sort((a, b) => a.order - b.order);
      for (const [index, { item }] of drawn.entries()) items[index] = item;
      return items;
    },
  };
}
