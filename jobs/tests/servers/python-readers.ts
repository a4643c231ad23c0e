/** Readers of the table that are written for Python, in one environment: its name below .cache, and the packages. */
export const TABLE_READERS: [name: string, packages: readonly string[]] = [
  'pyarrow',
  ['pyarrow==26.0.1', 'polars==2.1.0'],
];
