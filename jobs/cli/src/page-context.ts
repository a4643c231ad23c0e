/** What the pages of a lake need of a command. */
import type { LakeContext } from 'lake';
import { loadReports } from 'prepare/reports';
import { type Config, type Environment, schemasFile, scrub, secretsOf } from 'runtime';
import { schedulerOf } from 'watch';
import type { PageContext } from 'watch/pages';

export interface PageSettings {
  readonly env: string;
  readonly config: Config;
  readonly variables: Environment;
}

export function pageContextOf(
  context: Omit<LakeContext, 'reports'>,
  { env, config, variables }: PageSettings,
): PageContext {
  const secrets = secretsOf(config, variables);
  return {
    ...context,
    reports: loadReports(schemasFile()),
    env,
    scheduler: schedulerOf(variables['RECIPE_ETL_SCHEDULER']),
    hasKafka: config.kafka.brokers.length > 0,
    scrub: (text) => scrub(text, secrets),
  };
}

/** The index is about what was done already: where it cannot be written, that is a warning. */
export async function tryWriteIndex(context: PageContext): Promise<string | null> {
  try {
    const { writeIndexPage } = await import('watch/pages');
    return (await writeIndexPage(context)).url;
  } catch (thrown) {
    context.warn(`the index page was not written, npm run lake -- page does it: ${(thrown as Error).message}`);
    return null;
  }
}
