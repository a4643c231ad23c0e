/** What kept Spark from reading the day: the input itself, or the way to it. */
import { type FailureCode, LakeError } from 'lake';
import { sparkCauses } from 'runtime';

/** Who is to blame, by the JVM classes of an error and its causes; the first that fits. */
const BLAME: readonly (readonly [classes: RegExp, code: FailureCode | undefined, what: string])[] = [
  [/AccessDenied|FileNotFound/, 'unreadable-input', 'cannot be read: is it there, and may Spark read it?'],
  [/RemoteFileChanged/, 'input-changed', 'was replaced while Spark read it; run it again'],
  // What a store answers, or that it does not, is no fault of the file, and is explained as for every work of Spark.
  [/awssdk|\.fs\.s3a\./, undefined, ''],
  [/./, 'unreadable-input', 'cannot be read: is it whole, of the kind that its name says, and may Spark read it?'],
];

/** @throws LakeError that names the file; anything else goes through as it is */
export async function explainReadFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw unreadable(error) ?? error;
  }
}

/** @param error of the Spark client; recognised by its shape and by its causes' */
export function unreadable(error: unknown): LakeError | undefined {
  const { errorClass = '', messageParameters = {} } = error as SparkFailure;
  const path = messageParameters['path'];
  if (!/^FAILED_READ_FILE|^PATH_NOT_FOUND/.test(errorClass) || path === undefined) return undefined;
  const classes = sparkCauses(error).flatMap((failure) => failure.classes);
  const [, code, what] = BLAME.find(([pattern]) => pattern.test(classes.join(' '))) ?? BLAME.at(-1)!;
  if (code === undefined) return undefined;
  return new LakeError(code, `${path} ${what} (${errorClass})`, { cause: error });
}

interface SparkFailure {
  readonly errorClass?: string;
  readonly messageParameters?: Readonly<Record<string, string>>;
}
