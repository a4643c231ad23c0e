/** Programs whose plan differs from PySpark's on purpose, and why. The server does the same for both plans. */

export const deviations: Readonly<Record<string, string>> = {
  'shape-pivot': 'PySpark says which frame the column is of; here a column knows no frame.',
  'shape-pivot-all': 'As shape-pivot.',
  'shape-with-metadata': 'As shape-pivot.',
  'shape-col-regex': 'As shape-pivot.',
  'shape-subquery-twice': 'PySpark brings a subquery along as often as it is used, we once.',
  'frame-to': 'The columns go as text in DDL, which the server reads.',
  'catalog-create-table-schema': 'As frame-to.',
  'read-text': 'PySpark says wholetext=false, which is what the source assumes.',
  'stream-read-text': 'As read-text.',
  'column-call-builtin':
    'A name without dots also reaches functions that SQL does not know, such as the transform days.',
};
