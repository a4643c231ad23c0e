/** What the audit refused, for whoever has to do something about it: why, what is in the way, and the next commands. */
import { totals } from './by-name.ts';
import type { LineCounts } from './day-facts.ts';
import { type Cell, linkTo, table, timeText } from './document.ts';
import { type Html, html } from './html.ts';
import type { LakeView } from './index-page.ts';

export function refused({ refused: runs, layout, lake, output }: LakeView): Html {
  if (runs.length === 0) return html``;
  const link = (key: string, text: string): Html => linkTo(output(layout.indexPage), lake(key), text);
  const rows = runs.map(({ date, job, runId, at, findings, counts, quarantineKey, hasData, commands }): Cell[] => {
    const manifest = link(layout.rejectedManifest(job, date, runId), 'manifest');
    const quarantine = quarantineKey === undefined ? 'no line' : link(quarantineKey, 'quarantine');
    return [
      date.iso,
      html`${job}, ${timeText(at)}: ${hasData ? 'what was published before still stands' : 'nothing of it is published'}`,
      html`${findings.map(({ code, message }) => html`<p><span class="bad">${code}</span>: ${message}</p>`)}`,
      html`${linesText(counts)}`,
      html`${quarantine}, ${manifest}`,
      html`${commands.map((command) => html`<p><code>${command}</code></p>`)}`,
    ];
  });
  const columns = ['day', 'refused', 'why', 'lines', 'where', 'next: look, then mend the input or the limits and run'];
  return html`<section>
    <h2>Refused</h2>
    ${table('Runs that the audit refused', columns, rows)}
  </section>`;
}

/** `10 read, 6 quarantined: malformed 5, url_blank:url 1` */
function linesText({ read, quarantined, reasons }: LineCounts): string {
  if (read === undefined) return '–';
  const named = totals([reasons])
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
  return `${read} read, ${quarantined ?? 0} quarantined${named === '' ? '' : `: ${named}`}`;
}
