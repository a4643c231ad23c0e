/** The clients of SSM and Secrets Manager. Nobody imports this file but for a reference: they take time to load. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Environment } from '../variables.ts';
import type { Reference } from './reference.ts';

const LIMITS = { connectMs: 2_000, answerMs: 4_000, attempts: 3 } as const;

export interface AwsReader extends Disposable {
  /** @returns undefined for a secret that is no text */
  read(reference: Reference, signal: AbortSignal): Promise<string | undefined>;
}

/** Region and credentials come by the SDK's own chain. */
export function awsReader(variables: Environment): AwsReader {
  const ssm = new SSMClient(optionsOf('SSM', variables));
  const secrets = new SecretsManagerClient(optionsOf('SECRETS_MANAGER', variables));
  return {
    async read({ service, name }, abortSignal) {
      if (service === 'ssm') {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }), {
          abortSignal,
        });
        return Parameter?.Value;
      }
      const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: name }), { abortSignal });
      return SecretString;
    },
    [Symbol.dispose]() {
      ssm.destroy();
      secrets.destroy();
    },
  };
}

function optionsOf(service: string, variables: Environment) {
  const { connectMs, answerMs, attempts } = LIMITS;
  return {
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMs, requestTimeout: answerMs, throwOnRequestTimeout: true },
    customUserAgent: 'recipe-etl',
    // AWS_ENDPOINT_URL is that of an S3 store, which knows neither parameters nor secrets.
    ignoreConfiguredEndpointUrls: Boolean(variables['AWS_ENDPOINT_URL']) && !variables[`AWS_ENDPOINT_URL_${service}`],
  };
}
