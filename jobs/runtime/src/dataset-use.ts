/** What a run reads and publishes, told as it happens. */

export interface DatasetUse {
  readonly use: 'read' | 'written';
  /** The whole, of which a run takes a day: what Spark is given for it, or `kafka://host:port/topic`. */
  readonly dataset: string;
  /** Where in it the day lies: an object or a folder. */
  readonly part?: string;
  readonly rows?: number;
  readonly bytes?: number;
  readonly files?: number;
  readonly columns?: readonly DatasetColumn[];
}

export interface DatasetColumn {
  readonly name: string;
  readonly type: string;
}

/** @returns one use of each dataset: what is told of it later completes what was told before */
export function mergedUses(uses: readonly DatasetUse[]): DatasetUse[] {
  const merged = new Map<string, DatasetUse>();
  for (const told of uses) {
    const key = `${told.use} ${told.dataset}`;
    merged.set(key, { ...merged.get(key), ...told });
  }
  return [...merged.values()];
}
