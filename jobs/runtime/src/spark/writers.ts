/** How many tasks write a day. From its input alone: a cluster of another size must not make other bytes of the same day. */
import type { Config } from '../config/schema.ts';

/** Each is a part of one upload, of which S3 takes 10,000; a day beyond that has larger ones. */
const MAX_WRITERS = 1_000;

/** @param bytes of the lines to be read, roughly, and the same for the same input */
export const writersOf = ({ spark }: Pick<Config, 'spark'>, bytes: number): number =>
  Math.min(Math.max(Math.floor(bytes / spark.bytesPerWriter), 1), MAX_WRITERS);
