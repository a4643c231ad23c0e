/** `duckdb.ts INPUT OUTPUT ROUNDS`: a process of DuckDB's own, with two threads. Prints the seconds of each round, as JSON. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDuckDb } from '../oracles/duckdb-session.ts';

const [input = '', output = '', rounds = '1'] = process.argv.slice(2);
const sql = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const FILES = { table_file: 'table.parquet', quarantine_file: 'quarantine.json', report_file: 'report.csv' };

mkdirSync(output, { recursive: true });
const took: { dataload: number; prepare: number }[] = [];
for (let round = 0; round < Number(rounds); round++) {
  await withDuckDb(async (connection) => {
    await connection.run(`SET VARIABLE lines = '${join(input, '*.json')}'`);
    for (const [name, file] of Object.entries(FILES))
      await connection.run(`SET VARIABLE ${name} = '${join(output, file)}'`);
    const start = performance.now();
    await connection.run(sql('duckdb-dataload.sql'));
    const loaded = performance.now();
    await connection.run(sql('duckdb-prepare.sql'));
    took.push({ dataload: (loaded - start) / 1000, prepare: (performance.now() - loaded) / 1000 });
  });
}
process.stdout.write(`${JSON.stringify(took)}\n`);
