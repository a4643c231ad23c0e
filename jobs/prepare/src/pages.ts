/** The pages of what a run has published. Whatever goes wrong is a warning: the reports are there, and the next run writes the pages. */
import { schemasFile, scrub, secretsOf, type Run } from 'runtime';
import { schedulerOf } from 'watch';
import type { PageContext, WrittenPage } from 'watch/pages';
import { loadReports } from './reports/load-reports.ts';
import type { Report } from './reports/report.ts';

/** A slow store must not delay the night. */
const MAX_MS = 60_000;

/** @returns the address of the report's page; null where it could not be written */
export async function writePageOf(run: Run, report: Report): Promise<string | null> {
  return attempt(run, 'the page of the report', ({ writeReportPage }, context) =>
    writeReportPage(context, report, run.args.logicalDate),
  );
}

/** Of the whole lake. */
export async function writeIndex(run: Run): Promise<string | null> {
  return attempt(run, 'the index page', ({ writeIndexPage }, context) => writeIndexPage(context));
}

async function attempt(
  run: Run,
  what: string,
  write: (pages: typeof import('watch/pages'), context: PageContext) => Promise<WrittenPage>,
): Promise<string | null> {
  try {
    // The library of the charts is large, and a run that publishes nothing does without it.
    const pages = await import('watch/pages');
    return (await write(pages, contextOf(run))).url;
  } catch (thrown) {
    run.log.warn(`${what} was not written, npm run lake -- page does it: ${(thrown as Error).message}`);
    return null;
  }
}

function contextOf(run: Run): PageContext {
  const { args, config, lake, layout, log, output, scheduler, signal, startedAt: now, variables } = run;
  const secrets = secretsOf(config, variables);
  return {
    lake,
    output,
    layout,
    reports: loadReports(schemasFile()),
    config: config.lake,
    now,
    signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_MS)]),
    // What is odd about other days is for whoever looks after the lake, not for this run.
    warn: (text) => log.debug(text),
    env: args.env,
    scheduler: schedulerOf(scheduler),
    hasKafka: config.kafka.brokers.length > 0,
    scrub: (text) => scrub(text, secrets),
  };
}
