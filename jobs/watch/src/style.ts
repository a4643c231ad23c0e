/** The look of the pages: one style for phone, print, dark and light. */
import { createHash } from 'node:crypto';

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --muted: #59626e; --line: #d5dae1; --link: #0b57a4; --soft: #f3f5f8; --bad: #a3231f;
  --s0: #2463b5; --s1: #a85400; --s2: #1a7f4b; --s3: #7a4fc0; --s4: #b8322e; --s5: #59626e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --ink: #e7eaee; --muted: #a7b0bc; --line: #353c45; --link: #86bcff; --soft: #1e2329; --bad: #ff9d97;
    --s0: #7ab0ff; --s1: #ffae5c; --s2: #63d297; --s3: #c3a5ff; --s4: #ff8a8a; --s5: #a7b0bc;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
a { color: var(--link); }
code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--muted); }
.bad { color: var(--bad); font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1rem 0; max-width: 46rem; }
figcaption { color: var(--muted); }
svg { display: block; width: 100%; height: auto; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: .25rem 0; padding: 0; }
.legend li::before { margin-right: .4em; content: '\\25CF'; color: var(--s0); }
.legend .s1::before { content: '\\25A0'; color: var(--s1); }
.legend .s2::before { content: '\\25B2'; color: var(--s2); }
.legend .s3::before { content: '\\25C6'; color: var(--s3); }
.legend .s4::before { content: '\\2B06'; color: var(--s4); }
.legend .s5::before { content: '\\25BC'; color: var(--s5); }
summary { cursor: pointer; color: var(--link); }
.wide { overflow-x: auto; margin: .5rem 0; }
.beside { display: flex; flex-wrap: wrap; gap: .5rem 3rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
th, caption { white-space: nowrap; }
td p { margin: 0; }
td code { display: inline-block; min-width: 16rem; }
thead th { background: var(--soft); }
.number { text-align: right; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --muted: #333; --line: #bbb; --link: #000; --soft: #fff; --bad: #000;
    --s0: #2463b5; --s1: #a85400; --s2: #1a7f4b; --s3: #7a4fc0; --s4: #b8322e; --s5: #59626e; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .wide { overflow: visible; }
  figure, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;

/** Nothing is loaded and nothing runs; the one style is known by its hash. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
