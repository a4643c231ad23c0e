/** Finds the first record from an offset on that is no marker of a transaction: the time index does not tell them apart. */
import type { Connection } from '@platformatic/kafka';
import { recordsOf } from './batches.ts';
import { fetchBatches, nextOffset, type Place } from './fetch.ts';
import type { RecordAt } from './freeze.ts';

const FETCH_BYTES = 256 * 1024;
/** Beyond that the search costs more than it saves. */
const MAX_FETCHES = 8;

/**
 * @param connection to the partition's leader
 * @param wanted times of the record, in ms since 1970, both included
 * @returns undefined where it is not among the next 2 MB
 */
export async function firstRecord(
  connection: Connection,
  place: Place,
  from: number,
  wanted: { readonly minMs: number; readonly maxMs: number },
): Promise<RecordAt | undefined> {
  let offset: number | undefined = from;
  for (let fetches = 0; fetches < MAX_FETCHES && offset !== undefined; fetches++) {
    const { batches } = await fetchBatches(connection, place, offset, 'READ_UNCOMMITTED', FETCH_BYTES);
    const found = batches
      .flatMap(recordsOf)
      .find((record) => record.offset >= from && record.ms >= wanted.minMs && record.ms <= wanted.maxMs);
    if (found !== undefined) return found;
    offset = nextOffset(batches);
  }
  return undefined;
}
