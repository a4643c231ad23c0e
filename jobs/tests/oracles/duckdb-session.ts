/** Opens an in-memory DuckDB for one question and closes it again. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

export type Cell = string | number | boolean | null;

/** Runs the work on a fresh connection; everything is gone afterwards. */
export async function withDuckDb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  // Two threads: tests share the machine with Spark.
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Creates a table of varchar and integer columns and fills it. */
export async function loadTable(
  connection: DuckDBConnection,
  name: string,
  columns: string,
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  await connection.run(`CREATE TABLE ${name} (${columns})`);
  const appender = await connection.createAppender(name);
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null) appender.appendNull();
      else if (typeof cell === 'number') appender.appendInteger(cell);
      else if (typeof cell === 'boolean') appender.appendBoolean(cell);
      else appender.appendVarchar(cell);
    }
    appender.endRow();
  }
  appender.closeSync();
}

/** The rows of a query, each made by to_json: the caller names the shape that its query gives. */
export async function queryJson<T>(connection: DuckDBConnection, query: string): Promise<T[]> {
  const reader = await connection.runAndReadAll(`SELECT to_json(answer)::VARCHAR FROM (${query}) answer`);
  return reader.getRowsJS().map(([json]): T => JSON.parse(typeof json === 'string' ? json : 'null'));
}
