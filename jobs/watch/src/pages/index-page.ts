/** The page of a whole lake: how fresh it is, what its reports say, where the lines of its days went. */
import type { Layout } from 'lake';
import type { MissingDays } from '../missing-days.ts';
import { byName } from './by-name.ts';
import { figure } from './charts.ts';
import { type DayFacts, lateText, type PageReport, sum, tableText } from './day-facts.ts';
import { addressOf, type Cell, document, facts, linkTo, numbersBehind, table, timeText } from './document.ts';
import { type Html, html } from './html.ts';
import type { RefusedRun } from '../refused-runs.ts';
import { refused } from './refused.ts';

export interface LakeView {
  readonly layout: Layout;
  readonly reports: readonly PageReport[];
  /** The oldest first. */
  readonly days: readonly DayFacts[];
  readonly missing: readonly MissingDays[];
  readonly refused: readonly RefusedRun[];
  /** Addresses as the stores name them; of the lake and the output themselves, too. */
  readonly lake: (key: string) => string;
  readonly output: (key: string) => string;
}

export function indexPage(view: LakeView): string {
  const { days, layout } = view;
  const [published, refusedAt] = [newestPublish(days), view.refused.map(({ at }) => at).toSorted(newestFirst)[0]];
  const isRefused = refusedAt !== undefined && (published === undefined || refusedAt > published);
  const at = isRefused ? refusedAt : published;
  const header = html`<p class="quiet">
    Lake <code>${addressOf(view.lake(''))}</code>,
    ${at === undefined ? 'nothing is published yet' : html`as it was after ${isRefused ? 'a run was refused' : 'the publish'} at ${timeText(at)}`}.
  </p>`;
  const sections =
    days.length === 0
      ? html`<p>No day lies in the table. Load one: <code>npm start</code>.</p>`
      : html`${refused(view)} ${freshness(view)} ${view.reports.map((report) => reportSection(view, report))}
        ${quality(view)}`;
  return document(`Recipe reports: ${layout.table}`, header, sections);
}

const isPublished = ({ found }: DayFacts): boolean => found.table !== undefined;

function newestPublish(days: readonly DayFacts[]): Date | undefined {
  const times = days.flatMap(({ found }) =>
    [found.table, ...found.reports.map(({ data }) => data)].flatMap((data) => data?.publishedAt ?? []),
  );
  return times.toSorted(newestFirst)[0];
}

const newestFirst = (a: Date, b: Date): number => b.getTime() - a.getTime();

function freshness({ days, missing }: LakeView): Html {
  const published = days.filter(isPublished);
  const newest = published.at(-1);
  const [first, last] = [days[0]?.date.iso ?? '', days.at(-1)?.date.iso ?? ''];
  const lacks = missing.map(({ kind, from, to, advice, command }) => [
    from === to ? from : `${from} to ${to}`,
    html`<span class="bad">${kind}</span>: ${advice}`,
    command === null ? 'nothing yet' : html`<code>${command}</code>`,
  ]);
  return html`<section>
    <h2>Freshness</h2>
    ${facts([
      ['Newest day', newest === undefined ? 'none' : html`<strong>${newest.date.iso}</strong>`],
      ['Published at', newest?.found.table && timeText(newest.found.table.publishedAt)],
      ['On this page', `${published.length} published days, ${first} to ${last}`],
    ])}
    ${lacks.length === 0 ? html`<p>Each of these days is published, and its reports are of the published table.</p>` : table('Days to run again', ['days', 'what is wrong', 'run'], lacks)}
    <p class="quiet">
      Days after ${last} are not on this page: <code>npm run lake -- status --check</code> names nights that never ran.
    </p>
  </section>`;
}

function reportSection(view: LakeView, report: PageReport): Html {
  const { layout, output } = view;
  const made = view.days.flatMap((day) => {
    const found = day.reports.find(({ name }) => name === report.name);
    return found?.csv === undefined ? [] : [{ day, found }];
  });
  if (made.length === 0)
    return html`<section>
      <h2>${report.name}</h2>
      <p>No day has this report.</p>
    </section>`;
  const levels = report.levels.map(({ name }) => name);
  const days = made.map(({ day }) => day.date.iso);
  const label = `Minutes on average of recipes with ${report.ingredient}, by level: ${days[0]} to ${days.at(-1)}`;
  const series = levels.map((name) => ({ name, values: made.map(({ found }) => found.averages.get(name) ?? null) }));
  const rows = made
    .toReversed()
    .map(({ day, found }) => [
      linkTo(output(layout.indexPage), output(layout.reportPage(report.name, day.date)), day.date.iso),
      ...levels.map((name): Cell => found.averages.get(name) ?? '–'),
      found.counts[report.ingredient] ?? '–',
      found.state,
      linkTo(output(layout.indexPage), output(layout.report(report.name, day.date)), 'CSV'),
    ]);
  const columns = ['day', ...levels, `recipes with ${report.ingredient}`, 'state', 'data'];
  return html`<section>
    <h2>${report.name}</h2>
    ${figure({ kind: 'lines', label, categories: days.map(monthAndDay), series })}
    ${numbersBehind(table(`${report.name}, minutes on average`, columns, rows))}
  </section>`;
}

/** Below a picture whose title names the years. */
const monthAndDay = (iso: string): string => iso.slice('2019-'.length);

const LINES = ['published', 'superseded', 'quarantined', 'blank'] as const;

function quality({ days, layout, lake, output }: LakeView): Html {
  const counted = days.filter(({ lines }) => lines.read !== undefined);
  if (counted.length === 0)
    return html`<section>
      <h2>Quality</h2>
      <p>No manifest counts the lines of a day.</p>
    </section>`;
  const categories = counted.map(({ date }) => date.iso);
  const label = `Where the lines of each day went: ${categories[0]} to ${categories.at(-1)}`;
  const series = LINES.map((name) => ({ name, values: counted.map(({ lines }) => lines[name] ?? null) }));
  const link = (key: string | undefined, text: string): Cell =>
    key === undefined ? '–' : linkTo(output(layout.indexPage), lake(key), text);
  const rows = days
    .filter(isPublished)
    .toReversed()
    .map((day): Cell[] => [
      day.date.iso,
      day.lines.read ?? '–',
      ...LINES.map((name) => day.lines[name] ?? '–'),
      sum(day.lines.warnings),
      lateText(day),
      tableText(day),
      link(layout.currentManifest('dataload', day.date), 'manifest'),
      link(day.found.table?.manifest?.quarantine?.key, 'quarantine'),
    ]);
  const columns = ['day', 'read', ...LINES, 'warnings', 'late', 'table', 'manifest', 'quarantine'];
  return html`<section>
    <h2>Quality</h2>
    ${figure({ kind: 'bars', label, categories: categories.map(monthAndDay), series })}
    ${numbersBehind(table('Lines of each day', columns, rows))} ${byName(counted.map(({ lines }) => lines))}
    <p class="quiet">
      Late is what changed in the landing folder since the load, or came to Kafka after it;
      <code>npm run lake -- page</code> asks Kafka, a night does not.
    </p>
  </section>`;
}
