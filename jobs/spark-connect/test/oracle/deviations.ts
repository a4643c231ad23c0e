/** Programs whose plan differs from PySpark's on purpose, and why. The server does the same for both plans. */

const MODE =
  'PySpark leaves the mode out unless it is said; we always say it, and errorifexists is what a server assumes.';

export const deviations: Readonly<Record<string, string>> = {
  'read-text': 'PySpark says wholetext=false, which is what the source assumes.',
  'column-call-builtin':
    'A name without dots also reaches functions that SQL does not know, such as the transform days.',
  'write-save': MODE,
  'write-format': MODE,
  'write-option-types': MODE,
  'write-options': MODE,
  'write-partitions': MODE,
  'write-parquet': MODE,
  'write-csv': MODE,
  'write-text': MODE,
  'write-table': MODE,
  'write-insert': MODE,
};
