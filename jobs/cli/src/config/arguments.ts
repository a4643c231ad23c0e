/** The command line of `npm run config`. */
import { parseArgs } from 'node:util';
import { LakeError } from 'lake';
import type { Environment } from 'runtime';

export const HELP = `npm run config -- [--env NAME] [--json]
    prints every key of configs/NAME with its value and where that is from; secrets are ***. Ends with 2 where
    the configuration is wrong, with 6 where AWS does not answer

  --env NAME   folder in configs/; default: RECIPE_ETL_ENV, else local
  --json       as JSON, for machines
`;

const OPTIONS = { env: { type: 'string' }, json: { type: 'boolean' } } as const;

export interface ConfigArguments {
  readonly env: string;
  readonly isJson: boolean;
}

/** @throws LakeError usage */
export function configArguments(argv: readonly string[], variables: Environment): ConfigArguments {
  try {
    const { env, json } = parseArgs({ args: [...argv], options: OPTIONS }).values;
    return { env: env ?? (variables['RECIPE_ETL_ENV'] || 'local'), isJson: json === true };
  } catch (cause) {
    throw new LakeError('usage', (cause as Error).message.replace(/\.?$/, '; see --help'), { cause });
  }
}
