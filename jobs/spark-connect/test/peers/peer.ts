/** What another client's own tests ask of a client, told anew: what is done, and what comes of it. */
import type { DataFrame, SparkSession } from '../../src/index.ts';

export interface PeerCase {
  /** What its test is about. */
  readonly about: string;
  readonly does: (spark: SparkSession) => Promise<unknown>;
  readonly gives: unknown;
}

export interface Peer {
  readonly name: string;
  readonly cases: readonly PeerCase[];
  /** What its other tests are about: this client has nothing of the kind. */
  readonly lacking: readonly string[];
}

/** Columns of a result by their position, since the peers' rows have no names. */
export const lists = async (frame: DataFrame): Promise<unknown[][]> => await frame.collect({ rows: 'arrays' });

export const size = async (frame: DataFrame): Promise<number> => (await lists(frame)).length;
