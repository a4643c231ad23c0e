/** The counts of a run as metrics: one event in CloudWatch's embedded metric format. */
import type { Summary } from '../run.ts';
import type { LogEvent } from './event.ts';

/** Of one event. */
const MAX_METRICS = 100;

export interface MetricPlace {
  readonly namespace: string;
  readonly environment: string;
}

/** @param durationMs from the start of the process */
export function metricsOf(summary: Summary, place: MetricPlace, timestamp: number, durationMs: number): LogEvent {
  const { job, logicalDate: date, runId: run, outcome, exitCode, code } = summary;
  const own = { failed: exitCode === 0 ? 0 : 1, durationMs: Math.round(durationMs) };
  const values = Object.fromEntries(Object.entries({ ...own, ...countsOf(summary) }).slice(0, MAX_METRICS));
  const metrics = Object.keys(values).map((Name) => ({ Name, Unit: Name.endsWith('Ms') ? 'Milliseconds' : 'Count' }));
  const { namespace: Namespace, environment } = place;
  const directive = { Namespace, Dimensions: [['environment', 'job']], Metrics: metrics };
  const message = JSON.stringify({
    _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] },
    environment,
    job,
    date,
    run,
    outcome,
    exitCode,
    code,
    ...values,
  });
  return { timestamp, message };
}

/** What a job counted; a run of several reports has theirs under their names. */
function countsOf(summary: Readonly<Record<string, unknown>>): Record<string, number> {
  const { counts, reports } = summary as { counts?: object; reports?: readonly { name: string; counts?: object }[] };
  return {
    ...numbersOf(counts, ''),
    ...Object.assign({}, ...(reports ?? []).map((report) => numbersOf(report.counts, `${report.name}.`))),
  };
}

function numbersOf(counts: object | undefined, prefix: string): Record<string, number> {
  const numbers = Object.entries(counts ?? {}).filter(([, value]) => Number.isFinite(value));
  return Object.fromEntries(numbers.map(([name, value]) => [`${prefix}${name}`, value as number]));
}
