/** What a lake holds of a day, read by others than the product: DuckDB reads the table, plain JSON the rest. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { queryJson, withDuckDb } from '../oracles/duckdb-session.ts';
import type { PublishedRow } from '../oracles/row.ts';
import type { DayCounts, DayJudgement, QuarantinedLine } from '../oracles/oracle.ts';

interface StoredManifest {
  readonly runId: string;
  readonly counts: DayCounts & {
    readonly reasons: Readonly<Record<string, number>>;
    readonly warnings: Readonly<Record<string, number>>;
    readonly unknownFields: Readonly<Record<string, number>>;
  };
  readonly staged: { readonly sha256: string; readonly rows: number; readonly contentSha256?: string };
  readonly quarantine: { readonly key: string; readonly rows: number } | null;
}

interface StoredLine {
  readonly raw?: string;
  readonly raw_base64?: string;
  readonly reasons: readonly { readonly rule: string; readonly field?: string; readonly message: string }[];
  readonly event: { readonly file: string; readonly line: number };
}

const slashed = (date: string): string => date.replaceAll('-', '/');

export async function currentManifest(lake: string, date: string): Promise<StoredManifest> {
  const text = await readFile(join(lake, 'manifests/dataload', `${slashed(date)}.json`), 'utf8');
  return JSON.parse(text) as StoredManifest;
}

export async function quarantineLines(lake: string, date: string): Promise<StoredLine[]> {
  const { quarantine } = await currentManifest(lake, date);
  if (quarantine === null) return [];
  const text = await readFile(join(lake, quarantine.key), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as StoredLine);
}

/** The rows of a day as DuckDB reads them from the hive-partitioned table. */
export async function publishedRows(lake: string, date: string): Promise<PublishedRow[]> {
  const objects = join(lake, 'recipes/**/*.parquet').replaceAll("'", "''");
  // JSON text through the appender of to_json: dates as YYYY-MM-DD, bigints as numbers.
  const query = `SELECT * EXCLUDE (year, month, day) FROM read_parquet('${objects}', hive_partitioning = true)
    WHERE make_date(year::BIGINT, month::BIGINT, day::BIGINT) = DATE '${date}'`;
  return withDuckDb((connection) => queryJson<PublishedRow>(connection, query));
}

/** The day in the shape in which the oracles give it. */
export async function publishedDay(lake: string, date: string): Promise<DayJudgement> {
  const { counts } = await currentManifest(lake, date);
  const quarantine = (await quarantineLines(lake, date)).map(({ event, reasons }): QuarantinedLine => ({
    ...event,
    reasons: reasons.map(({ rule, field = null }) => ({ rule, field })),
  }));
  const { read, published, superseded, quarantined, blank, warnings, unknownFields } = counts;
  return {
    rows: await publishedRows(lake, date),
    quarantine,
    counts: { read, published, superseded, quarantined, blank },
    warnings: new Map(Object.entries(warnings).map(([key, count]) => [key.split(':')[0]!, count])),
    unknownFields: new Map(Object.entries(unknownFields)),
  };
}
