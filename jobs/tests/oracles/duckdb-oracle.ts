/** The second judge of a day: DuckDB decides from the raw lines, Node only unpacks and splits the files. */
import { readFileSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { characterEntities } from 'character-entities';
import { loadTable, queryJson, withDuckDb } from './duckdb-session.ts';
import { type InputFile, inReadingOrder, linesOf } from './lines.ts';
import type { PublishedRow } from './row.ts';
import { readSchemas, type Schemas } from './schemas.ts';
import type { DayCounts, DayJudgement, QuarantinedLine } from './oracle.ts';

const SQL = readFileSync(new URL('./duckdb-oracle.sql', import.meta.url), 'utf8');

const ROWS = `SELECT * EXCLUDE (file), {file: file, topic: NULL, partition: NULL, "offset": NULL, timestamp: NULL} AS event
  FROM recipe ORDER BY url`;
const QUARANTINE = `SELECT file, line, list({rule: rule, field: field} ORDER BY stage, position) AS reasons
  FROM reason GROUP BY file, line ORDER BY file, line`;
const WARNINGS = 'SELECT rule AS key, count(DISTINCT (file, line)) AS lines FROM warning GROUP BY rule ORDER BY rule';
const UNKNOWN = `SELECT name AS key, count(*) AS lines FROM unknown_field SEMI JOIN accepted USING (file, line)
  GROUP BY name ORDER BY name`;

interface Counted {
  readonly key: string;
  readonly lines: number;
}

/** Judges all lines of a day's files as `judgeDay` does, by SQL. */
export async function judgeDayByDuckDb(
  files: readonly InputFile[],
  schemas: Schemas = readSchemas(),
): Promise<DayJudgement> {
  return withDuckDb(async (connection) => {
    await loadLines(connection, files);
    await loadTable(connection, 'named_entity', 'name VARCHAR, text VARCHAR', Object.entries(characterEntities));
    await loadSchemas(connection, schemas);
    await connection.run(SQL);
    const [counts] = await queryJson<DayCounts>(connection, 'FROM day_counts');
    if (counts === undefined) throw new Error('DuckDB gave no counts for the day.');
    return {
      rows: await queryJson<PublishedRow>(connection, ROWS),
      quarantine: await queryJson<QuarantinedLine>(connection, QUARANTINE),
      counts,
      warnings: toMap(await queryJson<Counted>(connection, WARNINGS)),
      unknownFields: toMap(await queryJson<Counted>(connection, UNKNOWN)),
    };
  });
}

async function loadLines(connection: DuckDBConnection, files: readonly InputFile[]): Promise<void> {
  const lines = function* (): Generator<[string, number, string | null]> {
    for (const file of inReadingOrder(files)) {
      for (const { line, text } of linesOf(file)) yield [file.name, line, text ?? null];
    }
  };
  await loadTable(connection, 'line', 'file VARCHAR, line INTEGER, content VARCHAR', lines());
}

async function loadSchemas(connection: DuckDBConnection, { input, severity, rules }: Schemas): Promise<void> {
  const names = 'position INTEGER, name VARCHAR';
  await loadTable(connection, 'schema_property', names, numbered(Object.keys(input.properties)));
  await loadTable(connection, 'schema_required', names, numbered(input.required));
  const severities = 'keyword VARCHAR, severity VARCHAR';
  await loadTable(connection, 'keyword_severity', severities, Object.entries(severity));
  await loadTable(
    connection,
    'schema_rule',
    `${names}, field VARCHAR, checked_by VARCHAR, severity VARCHAR`,
    rules.map((rule, position) => [position, rule.name, rule.field, rule.check, rule.severity]),
  );
}

function numbered(names: readonly string[]): [number, string][] {
  return names.map((name, position) => [position, name]);
}

function toMap(counted: readonly Counted[]): Map<string, number> {
  return new Map(counted.map(({ key, lines }) => [key, lines]));
}
