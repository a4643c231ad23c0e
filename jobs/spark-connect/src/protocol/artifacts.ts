/** Sends artifacts to the server of a session. */
import { type Artifact, artifactParts } from './artifact-parts.ts';
import type { SparkClient } from './client.ts';
import { SparkError } from '../errors.ts';

/** How often what arrived damaged is sent. */
const MAX_ROUNDS = 3;

/** Whether each artifact is there, by name; a server knows only those of its cache. @throws SparkError */
export async function artifactStatuses(
  client: SparkClient,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Record<string, boolean>> {
  if (names.length === 0) return {};
  const { statuses } = await client.call('artifactStatus', { names: [...names] }, { signal });
  return Object.fromEntries(names.map((name) => [name, statuses[name]?.exists ?? false]));
}

/** The same artifact sent twice is one. @throws SparkError `protocol` for one that arrives damaged again and again */
export async function addArtifacts(
  client: SparkClient,
  artifacts: readonly Artifact[],
  signal: AbortSignal | undefined,
): Promise<void> {
  let left = artifacts;
  for (let round = 1; left.length > 0; round++) {
    const sent = left;
    const { artifacts: summaries } = await client.upload('addArtifacts', () => artifactParts(sent), { signal });
    const arrived = new Set(summaries.filter((one) => one.isCrcSuccessful).map(({ name }) => name));
    left = sent.filter(({ name }) => !arrived.has(name));
    if (left.length === 0 || round < MAX_ROUNDS) continue;
    const names = left.map(({ name }) => name).join(', ');
    throw new SparkError('protocol', `The server at ${client.server} did not receive ${names} undamaged.`, {
      retryable: true,
    });
  }
}
