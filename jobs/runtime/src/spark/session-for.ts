/**
 * The session that a day is computed in. A large day is compiled, and compiled once for all days of a server: Spark keeps code by
 * class loader, and Spark Connect gives each session one of its own. It asks for that when a session is first used, so that only
 * a clone, which begins with its confs, can do without.
 */
import type { Config } from '../config/schema.ts';
import { dayConfs, isLarge } from './day-confs.ts';

/** For a session that adds no jars and no files of its own, as those of the jobs. */
const SHARED_CODE = {
  'spark.sql.artifact.isolation.enabled': 'false',
  'spark.sql.artifact.isolation.alwaysApplyClassloader': 'false',
};

/** Structural, so that no Spark client is imported here. */
interface Cloneable<S> {
  readonly conf: { set(confs: Readonly<Record<string, string>>): Promise<void> };
  cloneSession(): Promise<S>;
  release(): Promise<void>;
}

/** Disposed, a clone is released; a session that was given stays. */
export interface SessionOfDay<S> extends AsyncDisposable {
  readonly spark: S;
}

/** @param bytes of the lines to be read, roughly: it decides how they are computed, never what */
export async function sessionFor<S extends Cloneable<S>>(
  spark: S,
  config: Pick<Config, 'spark'>,
  bytes: number,
): Promise<SessionOfDay<S>> {
  const given = { spark, [Symbol.asyncDispose]: () => Promise.resolve() };
  const confs = dayConfs(config, bytes);
  if (!isLarge(bytes)) {
    await spark.conf.set(confs);
    return given;
  }
  await spark.conf.set({ ...confs, ...SHARED_CODE });
  try {
    const clone = await spark.cloneSession();
    return { spark: clone, [Symbol.asyncDispose]: () => clone.release() };
  } catch {
    // Some servers clone none. What else is wrong shows at the next call.
    return given;
  }
}
