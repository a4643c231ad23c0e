/** Days of a lake as they are found, and the page of them. */
import { type Manifest, parseLogicalDate } from 'lake';
import { dayStatus, type FoundDay } from 'lake/days';
import { layout } from 'lake/testing/layout';
import { missingDays } from '../src/missing-days.ts';
import { refusedRuns } from '../src/refused-runs.ts';
import { dayFacts, type PageReport } from '../src/pages/day-facts.ts';
import type { LakeView } from '../src/pages/index-page.ts';

export const BEEF: PageReport = {
  name: 'beef_cooking_time',
  step: 'prepare',
  ingredient: 'beef',
  levels: [{ name: 'easy' }, { name: 'medium' }, { name: 'hard' }],
  columns: [
    { name: 'difficulty', as: 'level' },
    { name: 'avg_total_cooking_time', as: 'average_minutes' },
  ],
};
export const NOW = new Date('2020-03-01T00:00:00Z');
const PUBLISHED_AT = new Date('2020-02-29T00:30:00Z');
export const REFUSED_AT = new Date('2020-02-29T02:15:00Z');

const COUNTS = {
  read: 119,
  published: 109,
  superseded: 5,
  quarantined: 4,
  blank: 1,
  reasons: { 'url_blank:url': 3, malformed: 1 },
  warnings: { additionalProperties: 3 },
  unknownFields: { rating: 3 },
};

export const manifestOf = (runId: string, differs: object = {}): Manifest => ({
  manifestVersion: 1,
  job: 'dataload',
  logicalDate: '2020-02-28',
  runId,
  try: 1,
  image: { version: 'source', commit: 'unknown' },
  fingerprints: { input: 'i', rules: 'r', config: 'c', code: 'd' },
  input: {},
  counts: COUNTS,
  findings: [],
  staged: { key: 'k', rows: 109, sizeBytes: 10, sha256: 'table' },
  quarantine: { key: `quarantine/recipe_changes/${runId}.json`, rows: 4, sha256: 'q' },
  replaces: null,
  timings: { startedAt: '2020-02-29T00:20:00.000Z' },
  ...differs,
});

const dataOf = (manifest: Manifest) => ({
  sizeBytes: 10,
  sha256: 'table',
  publishedAt: PUBLISHED_AT,
  manifest,
  isHealed: false,
});

/** Published, with a report of that table. */
export const foundDay = (date: string, differs: Partial<FoundDay> = {}): FoundDay => ({
  date,
  landed: { files: 1, sizeBytes: 3, hasKafka: false },
  landingProblem: undefined,
  landingChanges: [],
  landedKafka: undefined,
  table: dataOf(manifestOf(`load-${date}`)),
  reports: [
    {
      ...BEEF,
      data: dataOf(
        manifestOf(`report-${date}`, {
          job: 'prepare',
          input: { sha256: 'table' },
          counts: { recipes: 109, beef: 31, unknownTotal: 2, easy: 9, medium: 10, hard: 10 },
        }),
      ),
    },
  ],
  rejected: [],
  ...differs,
});

/** Landed, and refused after the time at which other days were published. */
export const refusedDay = (date: string, differs: Partial<FoundDay> = {}): FoundDay =>
  foundDay(date, {
    table: undefined,
    reports: [{ ...BEEF, data: undefined }],
    rejected: [{ job: 'dataload', at: REFUSED_AT, manifest: refusedManifest(date) }],
    ...differs,
  });

export const refusedManifest = (date: string, differs: object = {}): Manifest =>
  manifestOf(`refused-${date}`, {
    counts: {
      read: 10,
      published: 4,
      superseded: 0,
      quarantined: 6,
      blank: 0,
      reasons: { malformed: 5, 'url_blank:url': 1 },
    },
    findings: [
      { severity: 'warn', code: 'shrinkage', message: 'the day has 4 rows, usual are 109' },
      { severity: 'error', code: 'quarantined_share', message: '6 of 10 lines are quarantined, more than 0.2' },
    ],
    ...differs,
  });

export const nothingOf = (date: string): FoundDay =>
  foundDay(date, { landed: undefined, table: undefined, reports: [{ ...BEEF, data: undefined }] });

/** @param csv the report of each day that has one */
export function viewOf(
  found: readonly FoundDay[],
  csv = 'difficulty,avg_total_cooking_time\neasy,24.655555555555555\nmedium,42.3\nhard,128.93958333333333\n',
  reports: readonly PageReport[] = [BEEF],
): LakeView {
  const statuses = found.map((day) => dayStatus(day, NOW));
  const place = { whereFlags: ' --env dev', scheduler: undefined, hasKafka: false };
  return {
    layout,
    reports,
    days: found.map((day, at) => {
      const csvs = new Map(reports.map(({ name }) => [name, csv]));
      const hasReport = day.reports.some(({ data }) => data !== undefined);
      return dayFacts(parseLogicalDate(day.date), day, statuses[at]!, reports, hasReport ? csvs : new Map());
    }),
    missing: missingDays(statuses, NOW, place),
    refused: refusedRuns(
      found.map((day, at) => ({ found: day, status: statuses[at]! })),
      place,
    ),
    lake: (key) => `/data/lake/${key}`,
    output: (key) => `/data/output/${key}`,
  };
}
