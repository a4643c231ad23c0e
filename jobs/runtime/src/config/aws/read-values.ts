/** Reads what AWS holds for references: each once, all side by side, within a limit of time. */
import { LakeError } from 'lake';
import type { Environment } from '../variables.ts';
import { type ReadFailure, readFailure } from './failure.ts';
import { parseReference } from './reference.ts';
import { secretText } from './secret-text.ts';

/** What AWS holds, by reference. */
export type AwsValues = ReadonlyMap<string, string>;

/** Beyond the limits of one request, since the search for credentials has none. */
const TOTAL_MS = 20_000;
const MAX_TOLD = 5;

/**
 * @param places where each reference stands, for the message
 * @throws LakeError config or unreachable, naming places and references; the reason of `signal` where it aborts
 */
export async function readValues(
  places: ReadonlyMap<string, readonly string[]>,
  variables: Environment,
  signal: AbortSignal,
): Promise<AwsValues> {
  if (places.size === 0) return new Map();
  // The clients cost a start tens of milliseconds.
  const { awsReader } = await import('./clients.ts');
  using reader = awsReader(variables);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TOTAL_MS)]);
  const read = async (text: string): Promise<string | ReadFailure> => {
    const reference = parseReference(text);
    try {
      const found = await unlessAborted(reader.read(reference, limit), limit);
      return textOf(found, reference.service === 'ssm' ? undefined : reference.key);
    } catch (error) {
      signal.throwIfAborted();
      return readFailure(error, reference);
    }
  };
  const answers = await Promise.all(Array.from(places.keys(), async (text) => [text, await read(text)] as const));
  const failures = answers.flatMap(([text, answer]) => (typeof answer === 'string' ? [] : [{ text, ...answer }]));
  const [first] = failures;
  if (first !== undefined) {
    // What no retry mends comes first.
    const { code } = failures.find((failure) => failure.code === 'config') ?? first;
    const told = failures.map(
      ({ text, why }) => `${(places.get(text) ?? []).join(', ')}: ${text} cannot be read: ${why}`,
    );
    throw new LakeError(code, told.slice(0, MAX_TOLD).join('; '));
  }
  return new Map(answers as readonly (readonly [string, string])[]);
}

function textOf(found: string | undefined, key: string | undefined): string | ReadFailure {
  try {
    return secretText(found, key);
  } catch (error) {
    return { code: 'config', why: (error as Error).message };
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
