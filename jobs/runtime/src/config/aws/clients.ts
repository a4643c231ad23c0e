/** The clients of SSM and Secrets Manager. Nobody imports this file but for a reference: they take time to load. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Environment } from '../variables.ts';
import { clientOptions } from './client-options.ts';
import type { Reference } from './reference.ts';

const ATTEMPTS = 3;

export interface AwsReader extends Disposable {
  /** @returns undefined for a secret that is no text */
  read(reference: Reference, signal: AbortSignal): Promise<string | undefined>;
}

export function awsReader(variables: Environment): AwsReader {
  const ssm = new SSMClient(clientOptions('SSM', variables, ATTEMPTS));
  const secrets = new SecretsManagerClient(clientOptions('SECRETS_MANAGER', variables, ATTEMPTS));
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
