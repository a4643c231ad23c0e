/** `npm run lake -- page` */
import type { DayStatus } from 'lake';
import { writeIndexPage, writeReportPages } from 'watch/pages';
import { pageContextOf } from '../page-context.ts';
import { countText } from './format.ts';
import { withLater } from './later.ts';
import { print, printJson, type LakeTask } from './task.ts';

export async function pageCommand(task: LakeTask): Promise<number> {
  const { line, context } = task;
  const later = new Map<string, DayStatus['later']>();
  const pages = {
    ...pageContextOf(context, { ...task, env: line.env }),
    withLater: async (statuses: readonly DayStatus[]) => {
      if (statuses.some(({ date }) => !later.has(date))) {
        const { days, kafkaProblem } = await withLater(task, statuses);
        if (kafkaProblem !== null) context.warn(kafkaProblem);
        for (const day of days) later.set(day.date, day.later);
      }
      return statuses.map((day) => ({ ...day, later: later.get(day.date) ?? null }));
    },
  };
  // The index first: so Kafka is asked once, for all its days, and not once a page.
  const index = await writeIndexPage(pages);
  const reports = await writeReportPages(pages);
  if (line.isJson) printJson({ index, reports });
  else print(`${index.url}\nand ${countText(reports.length, 'page')} of reports\n`);
  return 0;
}
