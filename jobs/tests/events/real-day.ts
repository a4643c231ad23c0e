/** Finds the day of real events, which lies beside the repository and is no part of it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BESIDE_REPOSITORY = fileURLToPath(new URL('../../../../shared/recipes/recipes-000.json', import.meta.url));

/** The file's path, or undefined where this machine does not have it. RECIPE_ETL_REAL_DAY names another place. */
export function realDayFile(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const file = resolve(environment.RECIPE_ETL_REAL_DAY ?? BESIDE_REPOSITORY);
  return existsSync(file) ? file : undefined;
}
