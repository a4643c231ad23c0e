/** The published partition that a report is made from, and whether it is still the one that was read. */
import { LakeError, readPublishedDay } from 'lake';
import type { Run } from 'runtime';

export interface PublishedTable {
  readonly key: string;
  /** URL that Spark reads. */
  readonly url: string;
  readonly etag: string;
  readonly sha256: string;
  /** The run that published it; null where no manifest names it. */
  readonly runId: string | null;
  readonly rows: number | null;
}

/** @throws LakeError no-input where the day was never loaded */
export async function readPublishedTable(run: Run): Promise<PublishedTable> {
  const { lake, layout, log, args } = run;
  const { logicalDate: date } = args;
  const key = layout.tableObject(date);
  const { data, manifest } = await readPublishedDay({
    job: 'dataload',
    layout,
    date,
    lake,
    target: lake,
    dataKey: key,
    warn: log.warn,
  });
  if (data === undefined) {
    throw new LakeError('no-input', `${lake.url(key)} does not exist: run dataload --date ${date.iso} first`);
  }
  const { etag, sha256 } = data;
  const runId = data.runId ?? manifest?.runId ?? null;
  return { key, url: lake.url(key), etag, sha256, runId, rows: manifest?.staged.rows ?? null };
}

/** A reader that opens the object twice may see two versions; equal before and after means that it saw one. */
export function isSameTable(before: PublishedTable, after: PublishedTable): boolean {
  return before.etag === after.etag && before.sha256 === after.sha256 && before.runId === after.runId;
}
