/** What all pages have in common: the frame, tables, links. */
import { POLICY, STYLE } from '../style.ts';
import { Html, html } from './html.ts';

export function document(title: string, header: Html, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${header}
        </header>
        <main>${main}</main>
      </body>
    </html> `.text;
}

export type Cell = Html | string | number;

/** The first cell of a row is its name; a column of numbers is set to the right. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  const isNumber = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  const align = (at: number): Html => (isNumber[at] === true ? html` class="number"` : html``);
  const cells = (row: readonly Cell[]): Html[] =>
    row.map((cell, at) =>
      at === 0
        ? html`<th scope="row">${cell}</th>`
        : html`<td${align(at)}>${typeof cell === 'number' ? count(cell) : cell}</td>`,
    );
  return html`<div class="wide" role="group" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((name, at) => html`<th scope="col" ${align(at)}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

export const numbersBehind = (of: Html): Html =>
  html`<details>
    <summary>The numbers</summary>
    ${of}
  </details>`;

/** Not by the machine's own language: the same state makes the same page everywhere. */
const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const count = (value: number): string => NUMBERS.format(value);

/** Terms and what they mean, without those of which there is nothing. */
export const facts = (entries: readonly (readonly [string, Cell | undefined])[]): Html =>
  html`<dl>
    ${entries.map(([term, what]) =>
      what === undefined
        ? ''
        : html`<dt>${term}</dt>
            <dd>${what}</dd> `,
    )}
  </dl>`;

/** `2020-02-29 00:00 UTC` */
export const timeText = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Stands for what nobody may read. */
const HIDDEN = '***';

/** Where a page can lead to the object, a link; else its address. @param from, to as a store names objects */
export function linkTo(from: string, to: string, text: string): Html {
  const path = pathBetween(from, to);
  return path === undefined ? html`${text} <code>${addressOf(to)}</code>` : html`<a href="${path}">${text}</a>`;
}

/** As people write it: Spark has a scheme of its own. */
export const addressOf = (url: string): string => url.replace(/^s3a:/, 's3:');

/** @returns a relative path; undefined where the objects lie in different stores, or their address is hidden */
export function pathBetween(from: string, to: string): string | undefined {
  const [[rootOf, ...ofPage], [root, ...ofTarget]] = [partsOf(from), partsOf(to)];
  if (rootOf !== root || `${from}${to}`.includes(HIDDEN)) return undefined;
  const folders = ofPage.slice(0, -1);
  let same = 0;
  while (same < folders.length && same < ofTarget.length - 1 && folders[same] === ofTarget[same]) same++;
  const up = folders.length === same ? ['.'] : folders.slice(same).map(() => '..');
  return [...up, ...ofTarget.slice(same).map(encoded)].join('/');
}

function partsOf(url: string): readonly [string, ...string[]] {
  const [, root = '', path = ''] = /^(\w+:\/\/[^/]*)?\/?([^]*)$/.exec(url) ?? [];
  return [root, ...path.split('/')];
}

const encoded = (part: string): string => encodeURI(part.toWellFormed()).replaceAll(/[?#]/g, encodeURIComponent);
