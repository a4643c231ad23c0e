/** `npm run lake -- page` */
import { loadReports } from 'prepare';
import { schemasFile, scrub, secretsOf } from 'runtime';
import { type PageContext, writeIndexPage, writeReportPages } from 'watch';
import { countText } from './format.ts';
import { withLater } from './later.ts';
import { print, printJson, type LakeTask } from './task.ts';

export async function pageCommand(task: LakeTask): Promise<number> {
  const { line, config, variables, context } = task;
  const pages: PageContext = {
    ...context,
    reports: loadReports(schemasFile()),
    env: line.env,
    scheduler: line.scheduler,
    hasKafka: config.kafka.brokers.length > 0,
    scrub: (text) => scrub(text, secretsOf(config, variables)),
    withLater: async (statuses) => {
      const { days, kafkaProblem } = await withLater(task, statuses);
      if (kafkaProblem !== null) context.warn(kafkaProblem);
      return days;
    },
  };
  const reports = await writeReportPages(pages);
  const index = await writeIndexPage(pages);
  if (line.isJson) printJson({ index, reports });
  else print(`${index.url}\nand ${countText(reports.length, 'page')} of reports\n`);
  return 0;
}
