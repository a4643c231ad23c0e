/** The pages of a lake, written from what is published now. */
import { type DayStatus, type LakeContext, type LogicalDate, parseLogicalDate } from 'lake';
import { dayStatus, type FoundDay, lookAtDays, newestDays } from 'lake/days';
import { missingDays } from './missing-days.ts';
import { type DayFacts, dayFacts, type PageReport } from './pages/day-facts.ts';
import { indexPage, type LakeView } from './pages/index-page.ts';
import { reportPage } from './pages/report-page.ts';
import { type Scheduler, whereFlagsOf } from './proposals.ts';
import { refusedRuns } from './refused-runs.ts';
import { writePage, type WrittenPage } from './write-page.ts';

export type { WrittenPage };

/** A night must not cost more the older a lake is. */
export const DAYS_ON_INDEX = 90;

/** Pages that are written side by side. */
const AT_ONCE = 8;

export interface PageContext extends LakeContext {
  readonly reports: readonly PageReport[];
  /** The environment, as commands name it. */
  readonly env: string;
  readonly scheduler: Scheduler | undefined;
  readonly hasKafka: boolean;
  /** Takes out what nobody may read: an address may come from a store of secrets. */
  readonly scrub: (text: string) => string;
  /** Asks Kafka what came later; left out where nobody can. */
  readonly withLater?: ((days: readonly DayStatus[]) => Promise<readonly DayStatus[]>) | undefined;
}

export async function writeIndexPage(context: PageContext): Promise<WrittenPage> {
  const { output, layout } = context;
  return writePage(output, layout.indexPage, async () => indexPage(await viewOf(context, await daysOnIndex(context))));
}

export async function writeReportPage(
  context: PageContext,
  report: PageReport,
  date: LogicalDate,
): Promise<WrittenPage> {
  const { output, layout } = context;
  return writePage(output, layout.reportPage(report.name, date), async () =>
    reportPage(await viewOf(context, await lookAtDays(context, { from: date, to: date })), report, date),
  );
}

/** Of each report that is there on a day of the index. */
export async function writeReportPages(context: PageContext): Promise<WrittenPage[]> {
  const wanted = (await daysOnIndex(context)).flatMap(({ date, reports }) =>
    context.reports
      .filter((report) => reports.some(({ name, data }) => name === report.name && data !== undefined))
      .map((report) => ({ report, date: parseLogicalDate(date) })),
  );
  const pages: WrittenPage[] = [];
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const together = wanted.slice(start, start + AT_ONCE);
    pages.push(...(await Promise.all(together.map(({ report, date }) => writeReportPage(context, report, date)))));
  }
  return pages;
}

async function daysOnIndex(context: PageContext): Promise<FoundDay[]> {
  const range = await newestDays(context, DAYS_ON_INDEX);
  return range === undefined ? [] : lookAtDays(context, range);
}

async function viewOf(context: PageContext, found: readonly FoundDay[]): Promise<LakeView> {
  const { lake, output, layout, reports, now, env, scheduler, hasKafka, scrub, withLater } = context;
  const statuses = found.map((day) => dayStatus(day, now));
  const known = (await withLater?.(statuses)) ?? statuses;
  const days = await Promise.all(found.map((day, at) => factsOf(context, day, known[at] ?? dayStatus(day, now))));
  const where = { env: env === 'local' ? undefined : env, lake: scrub(lake.uri), output: scrub(output.uri) };
  const place = { whereFlags: whereFlagsOf(where), scheduler, hasKafka };
  const [missing, refused] = [missingDays(known, now, place), refusedRuns(days, place)];
  const addresses = { lake: (key: string) => scrub(lake.url(key)), output: (key: string) => scrub(output.url(key)) };
  return { layout, reports, days, missing, refused, ...addresses };
}

async function factsOf(
  { output, layout, reports }: PageContext,
  found: FoundDay,
  status: DayStatus,
): Promise<DayFacts> {
  const date = parseLogicalDate(found.date);
  const csvs = new Map<string, string>();
  for (const { name } of found.reports.filter(({ data }) => data !== undefined)) {
    const content = await output.get(layout.report(name, date));
    if (content !== undefined) csvs.set(name, new TextDecoder().decode(content));
  }
  return dayFacts(date, found, status, reports, csvs);
}
