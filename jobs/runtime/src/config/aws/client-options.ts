/** How every client of an AWS service but S3 is set up. Region and credentials come by the SDK's own chain. */
import type { Environment } from '../variables.ts';

const LIMITS = { connectMs: 2_000, answerMs: 4_000 } as const;

/** @param service as its endpoint's variable spells it, such as `SECRETS_MANAGER` @param attempts of a request within the SDK */
export function clientOptions(service: string, variables: Environment, attempts: number) {
  const { connectMs, answerMs } = LIMITS;
  return {
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
    customUserAgent: 'recipe-etl',
    // AWS_ENDPOINT_URL is that of an S3 store, which knows no other service.
    ignoreConfiguredEndpointUrls: Boolean(variables['AWS_ENDPOINT_URL']) && !variables[`AWS_ENDPOINT_URL_${service}`],
  };
}
