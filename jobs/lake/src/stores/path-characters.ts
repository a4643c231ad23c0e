/** Which characters no path that Spark is given may hold. */
import { LakeError } from '../failure.ts';

/** Spark would take these for a pattern, or for a scheme. */
const PATTERN = /[*?[\]{}\\:^\p{Cc}]/u;

export const hasPattern = (name: string): boolean => PATTERN.test(name);

/** @param what what the path is, as the message names it @throws LakeError usage naming the first such character */
export function assertNoPattern(path: string, what: string): void {
  const found = PATTERN.exec(path)?.[0];
  if (found === undefined) return;
  const message = `${what} has ${JSON.stringify(found)} in its name, which Spark would read as part of a pattern`;
  throw new LakeError('usage', `${message}: rename it without * ? [ ] { } ^ : \\ and control characters`);
}
