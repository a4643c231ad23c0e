/** The page of one report of one day: its numbers, how good the day is that it is made of, and where all of it lies. */
import type { LogicalDate } from 'lake';
import { byName } from './by-name.ts';
import { figure } from './charts.ts';
import { type DayFacts, lateText, type PageReport, type ReportFacts, tableText } from './day-facts.ts';
import { type Cell, document, facts, linkTo, numbersBehind, table, timeText } from './document.ts';
import { type Html, html } from './html.ts';
import type { LakeView } from './index-page.ts';

/** @param view of the day alone */
export function reportPage(view: LakeView, report: PageReport, date: LogicalDate): string {
  const day = view.days.find((candidate) => candidate.date.iso === date.iso);
  const made = day?.reports.find(({ name }) => name === report.name);
  const { layout, output } = view;
  const page = output(layout.reportPage(report.name, date));
  const header = html`<p>${linkTo(page, output(layout.indexPage), 'All days')}</p>`;
  const title = `${report.name}, ${date.iso}`;
  if (day === undefined || made?.csv === undefined)
    return document(title, header, html`<p>There is no such report.</p>`);
  const main = html`${lacks(view)} ${averages(report, made)} ${quality(day)} ${places(view, page, report, day)}`;
  return document(title, header, main);
}

const lacks = ({ missing }: LakeView): Html =>
  html`${missing.map(
    ({ kind, advice, command }) =>
      html`<p>
        <span class="bad">${kind}</span>: ${advice}${command === null ? '' : html`. Run <code>${command}</code>`}
      </p>`,
  )}`;

function averages(report: PageReport, made: ReportFacts): Html {
  const [header = [], ...rows] = made.csv ?? [];
  const levels = report.levels.map(({ name }) => name).filter((name) => made.averages.has(name));
  const label = `Minutes on average of recipes with ${report.ingredient}, by level`;
  const values = levels.map((name) => made.averages.get(name) ?? null);
  const counts = [...report.levels.map(({ name }) => name), 'unknownTotal', report.ingredient, 'recipes']
    .filter((name) => made.counts[name] !== undefined)
    .map((name): Cell[] => [
      NAMES[name] ?? (name === report.ingredient ? `with ${name}` : name),
      made.counts[name] ?? 0,
    ]);
  return html`<section>
    <h2>Averages</h2>
    ${levels.length === 0 ? html`<p>No level has recipes.</p>` : figure({ kind: 'bars', label, categories: levels, series: [{ name: 'minutes', values }] })}
    ${numbersBehind(table('The report, as its CSV has it', header, rows))}
    ${counts.length === 0 ? '' : table('Recipes', ['level', 'recipes'], counts)}
  </section>`;
}

const NAMES: Readonly<Record<string, string>> = { unknownTotal: 'of unknown total time', recipes: 'all' };

function quality(day: DayFacts): Html {
  const { lines, status } = day;
  return html`<section>
    <h2>Quality of the day</h2>
    ${facts([
      ['Table', tableText(day)],
      ['Lines read', lines.read],
      ['Published', lines.published],
      ['Superseded', lines.superseded],
      ['Quarantined', lines.quarantined],
      ['Blank', lines.blank],
      ['Late', lateText(day)],
    ])}
    ${byName([lines])}
    ${
      status.landingChanges.length === 0
        ? ''
        : table(
            'Files of the landing that changed since',
            ['file', 'change'],
            status.landingChanges.map(({ name, change }) => [name, change]),
          )
    }
    ${status.findings.map(({ code, message }) => html`<p><span class="bad">${code}</span>: ${message}</p>`)}
  </section>`;
}

function places({ layout, lake, output }: LakeView, page: string, report: PageReport, { date, found }: DayFacts): Html {
  const data = found.reports.find(({ name }) => name === report.name)?.data;
  const quarantine = found.table?.manifest?.quarantine?.key;
  const link = (target: string, text: string): Html => linkTo(page, target, text);
  const run = (manifest: { readonly runId: string } | undefined): Cell | undefined =>
    manifest && html`<code>${manifest.runId}</code>`;
  return html`<section>
    <h2>Where it lies</h2>
    ${facts([
      ['Report', link(output(layout.report(report.name, date)), 'CSV')],
      ['Published at', data && timeText(data.publishedAt)],
      ['Run of the report', run(data?.manifest)],
      ['Run of the table', run(found.table?.manifest)],
      [
        'Manifests',
        html`${link(lake(layout.currentManifest(report.step, date)), 'of the report')},
        ${link(lake(layout.currentManifest('dataload', date)), 'of the table')}`,
      ],
      ['Quarantine', quarantine === undefined ? 'empty' : link(lake(quarantine), 'broken lines')],
    ])}
  </section>`;
}
