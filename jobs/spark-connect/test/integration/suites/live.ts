/** What the suites are given: one server, one session, one folder. */
import type { SparkSession } from '../../../src/api/session.ts';

export interface Live {
  readonly spark: () => SparkSession;
  readonly remote: () => string;
  /** A path of this run that both sides see. */
  readonly path: (name: string) => string;
}
