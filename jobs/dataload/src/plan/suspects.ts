/**
 * Which lines the passes after the first have to look at. The first pass leaves a bit for the hash of each line that is broken or
 * has unknown fields; a line whose bit is not set is neither. Other lines may share a bit: whoever looks judges again.
 */
import { type Column, functions as F } from 'spark-connect';

/** As many bits as `bitmap_construct_agg` has. */
const BITS = 32_768n;
const BYTE_BITS = 8n;

const bitOf = (line: Column): Column => F.pmod(F.xxhash64(line), F.lit(BITS));

/** An aggregate: the bitmap of the lines for which the condition holds; never null. */
export const suspectsOf = (line: Column, isSuspect: Column): Column =>
  F.bitmapConstructAgg(F.when(isSuspect, bitOf(line)));

/** @param suspects as {@link suspectsOf} gives it; undefined where it did not arrive, and every line may be one */
export function mayBeSuspect(line: Column, suspects: Uint8Array | undefined): Column {
  if (suspects === undefined) return F.lit(true);
  const place = F.callFunction('div', bitOf(line), F.lit(BYTE_BITS)).cast('int').plus(1);
  // A byte of a binary is no number to Spark, its digits are.
  const byte = F.conv(F.hex(F.substring(F.lit(suspects), place, 1)), 16, 10).cast('int');
  return F.getbit(byte, F.pmod(bitOf(line), F.lit(BYTE_BITS)).cast('int')).eq(1);
}
