/** Which words name a place by a scheme: never a folder of that name. */
import { LakeError } from '../failure.ts';

/** Two letters or more, a colon and a slash: `scheme://`, or a misspelled one. */
const SCHEME = /^([a-z][a-z0-9+.-]+):\/+/i;

const HINTS: Readonly<Record<string, (rest: string) => string>> = {
  s3: (rest) => `write it as s3://${rest}`,
  s3a: (rest) => `that is Spark's name for a bucket, write it as s3://${rest}`,
  s3n: (rest) => `that is Hadoop's name for a bucket, write it as s3://${rest}`,
  file: (rest) => `write the path alone: /${rest}`,
};

/**
 * @param what such as `--lake `; what the message begins with
 * @throws LakeError usage for what is written as a URI, saying how it is written here
 */
export function assertFolderName(text: string, what = ''): void {
  const [start, scheme] = SCHEME.exec(text) ?? [];
  if (start === undefined || scheme === undefined) return;
  const known = scheme.toLowerCase();
  const hint = Object.hasOwn(HINTS, known) ? HINTS[known] : undefined;
  const advice = hint?.(text.slice(start.length)) ?? 'name a folder or s3://bucket/prefix';
  const problem = known === 's3' ? 'is not written as a bucket' : `unsupported scheme ${scheme}://`;
  throw new LakeError('usage', `${what}${text}: ${problem}; ${advice}`);
}
