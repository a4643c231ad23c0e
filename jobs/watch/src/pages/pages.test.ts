import { describe, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import {
  BEEF,
  foundDay,
  manifestOf,
  nothingOf,
  refusedDay,
  refusedManifest,
  REFUSED_AT,
  viewOf,
} from '../../testing/found-days.ts';
import { indexPage } from './index-page.ts';
import { reportPage } from './report-page.ts';

const DATE = '2020-02-28';
const ninety = Array.from({ length: 90 }, (_, at) => {
  return foundDay(new Date(Date.UTC(2019, 11, 1 + at)).toISOString().slice(0, 10));
});
/** What a browser would show, one space for each tag. */
const textOf = (page: string): string =>
  page
    .replaceAll(/<style>[^]*?<\/style>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const dayPage = (found: Parameters<typeof viewOf>[0], ...more: [string?, (typeof BEEF)[]?]): string =>
  reportPage(viewOf(found, ...more), more[1]?.[0] ?? BEEF, parseLogicalDate(DATE));

describe('the index', () => {
  test('of an empty lake says that nothing is there, and what to do', () => {
    const text = textOf(indexPage(viewOf([])));
    expect(text).toContain('nothing is published yet');
    expect(text).toContain('npm start');
  });

  test('of one day has its averages, its counts and its reasons, and links to all that belongs to it', () => {
    const page = indexPage(viewOf([foundDay(DATE)]));
    expect(textOf(page)).toContain('2020-02-28 24.7 42.3 128.9 31 current CSV');
    expect(textOf(page)).toContain('2020-02-28 119 109 5 4 1 3 none published manifest quarantine');
    expect(textOf(page)).toContain('url_blank:url 3 malformed 1');
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      './beef_cooking_time/2020/02/28.html',
      '../beef_cooking_time/year=2020/month=02/day=28/beef_cooking_time.csv',
      '../../lake/manifests/dataload/2020/02/28.json',
      '../../lake/quarantine/recipe_changes/load-2020-02-28.json',
    ]);
  });

  test('names the time of the newest publish, and no other: the same state makes the same page', () => {
    const [once, again] = [indexPage(viewOf(ninety)), indexPage(viewOf(ninety))];
    expect(once).toBe(again);
    expect(new Set(textOf(once).match(/\d\d:\d\d UTC/g))).toEqual(new Set(['00:30 UTC']));
  });

  test('of 90 days has a row for each in either table, and stays small', () => {
    const page = indexPage(viewOf(ninety));
    expect(page.match(/<th scope="row"><a /g)).toHaveLength(90);
    expect(page.match(/<th scope="row">\d/g)).toHaveLength(90);
    expect(page.length).toBeLessThan(300_000);
  });

  test('names missing and stale days with the command that makes them', () => {
    const [newest] = foundDay('2020-02-29').reports;
    const stale = { ...newest!, data: { ...newest!.data!, manifest: manifestOf('old', { input: { sha256: 'x' } }) } };
    const days = [foundDay('2020-02-27'), nothingOf('2020-02-28'), foundDay('2020-02-29', { reports: [stale] })];
    const text = textOf(indexPage(viewOf(days)));
    const run = (day: string): string => `npm run lake -- backfill --from ${day} --to ${day}`;
    expect(text).toContain('nothing landed : nothing landed as files');
    expect(text).toContain(`${run('2020-02-28')} --env dev`);
    expect(text).toContain(`${run('2020-02-29')} --job prepare --env dev`);
    expect(text).not.toContain('Each of these days is published');
  });

  test('of whole days says that they are', () => {
    expect(textOf(indexPage(viewOf([foundDay(DATE)])))).toContain('Each of these days is published');
  });

  test('says first of a refused day why, how many lines of what kind, where they are, and the commands in their order', () => {
    const page = indexPage(viewOf([foundDay('2020-02-27'), refusedDay(DATE)]));
    const text = textOf(page);
    expect(text.indexOf('Refused')).toBeLessThan(text.indexOf('Freshness'));
    expect(text).toContain(
      '2020-02-28 dataload, 2020-02-29 02:15 UTC: nothing of it is published' +
        ' quarantined_share : 6 of 10 lines are quarantined, more than 0.2' +
        ' 10 read, 6 quarantined: malformed 5, url_blank:url 1 quarantine , manifest' +
        ' npm run lake -- quarantine --date 2020-02-28 --env dev' +
        ' npm run lake -- backfill --from 2020-02-28 --to 2020-02-28 --env dev',
    );
    // A warning stopped nobody.
    expect(text).not.toContain('usual are 109');
    expect(page).toContain('href="../../lake/quarantine/recipe_changes/refused-2020-02-28.json"');
    expect(page).toContain('href="../../lake/manifests/dataload/2020/02/28/refused-2020-02-28.rejected.json"');
  });

  test('of a lake whose only day was refused shows it', () => {
    expect(textOf(indexPage(viewOf([refusedDay(DATE)])))).toContain('quarantined_share : 6 of 10 lines');
  });

  test('of a day that was refused after it was published says that the old one stands, and forgets a refusal before', () => {
    const rejected = (at: Date) => [{ job: 'dataload' as const, at, manifest: refusedManifest(DATE) }];
    const stands = textOf(indexPage(viewOf([foundDay(DATE, { rejected: rejected(REFUSED_AT) })])));
    expect(stands).toContain('what was published before still stands quarantined_share');
    const before = new Date('2020-02-29T00:10:00Z');
    expect(textOf(indexPage(viewOf([foundDay(DATE, { rejected: rejected(before) })])))).not.toContain('Refused');
  });

  test('of a refused report names its step, and the command that makes it alone', () => {
    const findings = [{ severity: 'error', code: 'rows_differ', message: '1 recipes were read' }];
    const manifest = refusedManifest(DATE, { job: 'prepare', counts: { recipes: 1 }, findings, quarantine: null });
    const text = textOf(
      indexPage(viewOf([foundDay(DATE, { rejected: [{ job: 'prepare', at: REFUSED_AT, manifest }] })])),
    );
    expect(text).toContain(
      'prepare, 2020-02-29 02:15 UTC: what was published before still stands rows_differ : 1 recipes were read – no line, manifest' +
        ' npm run lake -- backfill --from 2020-02-28 --to 2020-02-28 --job prepare --env dev',
    );
  });

  test('leaves a gap where a level had no recipes, and takes a day without any for what it is', () => {
    const some = indexPage(viewOf([foundDay(DATE)], 'difficulty,avg_total_cooking_time\nhard,90\n'));
    expect(textOf(some)).toContain('2020-02-28 – – 90 31 current');
    const none = indexPage(viewOf([foundDay(DATE)], 'difficulty,avg_total_cooking_time\n'));
    expect(textOf(none)).toContain('2020-02-28 – – – 31 current');
  });

  test('does not make numbers of a report that something else has put there', () => {
    const page = indexPage(viewOf([foundDay(DATE)], 'a,b\nhard,<b>90</b>\n'));
    expect(textOf(page)).toContain('2020-02-28 – – – 31 current');
  });

  test('says what came late, and where Kafka was not asked that it was not', () => {
    const files = foundDay(DATE, { landingChanges: [{ name: 'b.json', change: 'added' } as never] });
    expect(textOf(indexPage(viewOf([files])))).toContain(' 1 files published');
    const kafka = foundDay(DATE, { landedKafka: { runId: 'r', rows: 1, input: {} } });
    expect(textOf(indexPage(viewOf([kafka])))).toContain(' not asked published');
  });
});

describe('the page of a report', () => {
  test('has the numbers as its CSV has them, how many recipes they are of, and where all of it lies', () => {
    const page = dayPage([foundDay(DATE)]);
    const text = textOf(page);
    expect(text).toContain(
      'difficulty avg_total_cooking_time easy 24.655555555555555 medium 42.3 hard 128.93958333333333',
    );
    expect(text).toContain('easy 9 medium 10 hard 10 of unknown total time 2 with beef 31 all 109');
    expect(text).toContain('Lines read 119 Published 109 Superseded 5 Quarantined 4 Blank 1 Late none');
    expect(page).toContain('href="../../../index.html"');
    expect(page).toContain('href="../../../../beef_cooking_time/year=2020/month=02/day=28/beef_cooking_time.csv"');
    expect(page).toContain('href="../../../../../lake/manifests/prepare/2020/02/28.json"');
  });

  test('says with the command that the report is of an earlier table', () => {
    const day = foundDay(DATE);
    const [report] = day.reports;
    const old = { ...report!.data!, manifest: manifestOf('old', { input: { sha256: 'earlier' } }) };
    expect(textOf(dayPage([{ ...day, reports: [{ ...report!, data: old }] }]))).toContain(
      'report stale : the report is of an earlier version of the table. Run npm run lake -- backfill --from 2020-02-28 --to 2020-02-28 --job prepare --env dev',
    );
  });

  test('of a report that is gone says so', () => {
    expect(textOf(dayPage([nothingOf(DATE)]))).toContain('There is no such report.');
  });
});

test('names that others chose are shown, and are no markup, no hidden sign and no way out of the page', () => {
  const evil = `<script>alert(1)</script>"'&amp;\u202E\u0000`;
  const counts = {
    read: 1,
    published: 1,
    reasons: { [evil]: 1 },
    warnings: { [evil]: 1 },
    unknownFields: { [evil]: 1 },
  };
  const quarantine = { key: 'quarantine/javascript:alert(1)?#"><script>.json', rows: 1, sha256: 'q' };
  const day = foundDay(DATE);
  const table = {
    ...day.table!,
    manifest: manifestOf(evil, { counts, quarantine, findings: [{ severity: 'warn', code: evil, message: evil }] }),
  };
  const refused = refusedManifest(evil, {
    counts,
    quarantine,
    findings: [{ severity: 'error', code: evil, message: evil }],
  });
  const rejected = [{ job: 'dataload' as const, at: REFUSED_AT, manifest: refused }];
  const found = {
    ...day,
    table,
    landingChanges: [{ name: evil, change: 'added' } as never],
    landingProblem: evil,
    rejected,
  };
  const csv = `difficulty,avg_total_cooking_time\neasy,1\n${evil},2\n`;
  const hostile = { ...BEEF, levels: [{ name: 'easy' }, { name: evil }] };
  const pages = [indexPage(viewOf([found], csv, [hostile])), dayPage([found], csv, [hostile])];
  for (const page of pages) {
    expect(page).not.toMatch(/<script|href="javascript:/);
    expect(page).not.toMatch(/[\p{Cf}\0]/u);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;amp;\\u{202e}\\u{0}');
    expect(
      [...page.matchAll(/<(\w+)/g)].map(([, tag]) => tag).filter((tag) => ['img', 'iframe', 'b'].includes(tag!)),
    ).toEqual([]);
  }
});

test.each([
  ['the index', () => indexPage(viewOf(ninety))],
  ['a report', () => dayPage([foundDay(DATE)])],
])('%s loads nothing and runs nothing, and its pictures take their colours from its style', (_, make) => {
  const page = make();
  expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-`);
  expect(page).not.toMatch(/<script|\son\w+=|\sstyle="|\ssrc=|@import|url\(/);
  expect(page.match(/<style/g)).toHaveLength(1);
  const pictures = page.match(/<svg[^]*?<\/svg>/g) ?? [];
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) {
    expect(picture).toMatch(/^<svg role="img" aria-label="[^"]+" xmlns=/);
    expect(picture).not.toMatch(/(?:fill|stroke)="(?!none|var\(--|transparent)/);
  }
});
