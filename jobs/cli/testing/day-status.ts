/** A day of a lake as `lake status` finds it. */
import type { DayStatus } from 'lake';

/** A day that is published, with a current report, but for what differs. */
export const dayWith = (differs: Partial<DayStatus> = {}): DayStatus => ({
  date: '2020-01-05',
  landed: { files: 1, sizeBytes: 3, hasKafka: false },
  landingProblem: null,
  landingChanges: [],
  landedKafka: null,
  later: null,
  table: 'published',
  rows: 1,
  quarantined: 1,
  warnings: {},
  findings: [],
  runId: 'run-2',
  restoredFrom: null,
  publishedAt: '2020-02-29T00:00:00.000Z',
  ageSeconds: 86_400,
  report: 'current',
  reportRunId: 'report-1',
  rejected: [],
  healed: [],
  ...differs,
});
