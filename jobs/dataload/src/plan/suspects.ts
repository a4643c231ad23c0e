/**
 * Which lines the passes after the first have to look at. The first pass leaves a bit for the hash of each line that is broken or
 * has unknown fields; a line whose bit is not set is neither. Other lines may share a bit: whoever looks judges again.
 */
import { type Column, functions as F } from 'spark-connect';

/** As many bits as `bitmap_construct_agg` has; a larger day has several maps, or most of its lines would share a bit. */
const BITS = 32_768;
const BYTE_BITS = 8n;

/** One number of all maps' bits. */
const bitOf = (line: Column, maps: number): Column => F.pmod(F.xxhash64(line), F.lit(BigInt(BITS * maps)));

const columnOf = (map: number): string => `suspects_${map}`;

/** Aggregates: the maps of the lines for which the condition holds; never null. */
export function suspectMetrics(line: Column, isSuspect: Column, maps: number): Record<string, Column> {
  const bit = bitOf(line, maps);
  const place = maps === 1 ? bit : F.pmod(bit, F.lit(BigInt(BITS)));
  const isOf = (map: number): Column =>
    maps === 1 ? isSuspect : isSuspect.and(bit.between(BigInt(map * BITS), BigInt((map + 1) * BITS - 1)));
  const columns = Array.from({ length: maps }, (_, map): [string, Column] => {
    return [columnOf(map), F.bitmapConstructAgg(F.when(isOf(map), place))];
  });
  return Object.fromEntries(columns);
}

/** @returns the observed maps as one; undefined where one did not arrive */
export function suspectsIn(observed: Readonly<Record<string, unknown>>, maps: number): Uint8Array | undefined {
  const found = Array.from({ length: maps }, (_, map) => observed[columnOf(map)]);
  const bytes = found.filter((map) => map instanceof Uint8Array);
  return bytes.length === maps ? new Uint8Array(Buffer.concat(bytes)) : undefined;
}

/** @param suspects as {@link suspectsIn} gives it; undefined where every line may be one */
export function mayBeSuspect(line: Column, suspects: Uint8Array | undefined, maps: number): Column {
  if (suspects === undefined) return F.lit(true);
  const bit = bitOf(line, maps);
  const place = F.callFunction('div', bit, F.lit(BYTE_BITS)).cast('int').plus(1);
  // A byte of a binary is no number to Spark, its digits are.
  const byte = F.conv(F.hex(F.substring(F.lit(suspects), place, 1)), 16, 10).cast('int');
  return F.getbit(byte, F.pmod(bit, F.lit(BYTE_BITS)).cast('int')).eq(1);
}
