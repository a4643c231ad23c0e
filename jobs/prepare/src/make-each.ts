/** Several reports in one run: the others are made even if one fails. */
import type { JobResult, Run } from 'runtime';
import type { Report } from './reports/report.ts';

/** @returns the result of each report; where any failed, also the failure of the first, or that the run was stopped */
export async function makeEach(
  run: Run,
  reports: readonly Report[],
  make: (report: Report) => Promise<JobResult>,
): Promise<JobResult> {
  const results: (JobResult & { readonly name: string })[] = [];
  for (const report of reports) {
    const result = await attempt(run, () => make(report));
    results.push({ name: report.name, ...result });
    if (result.outcome === 'failed' && run.signal.aborted) break;
  }
  const failures = results.filter((result) => result.outcome === 'failed');
  const failure = run.signal.aborted ? failures.at(-1) : failures[0];
  if (failure === undefined) return { outcome: outcomeOf(results), reports: results };
  const { outcome, exitCode, code, retryHelps } = failure;
  return { outcome, exitCode, code, retryHelps, message: messageOf(failures), reports: results };
}

async function attempt(run: Run, make: () => Promise<JobResult>): Promise<JobResult> {
  try {
    run.signal.throwIfAborted();
    return await make();
  } catch (thrown) {
    return run.failure(thrown);
  }
}

function outcomeOf(results: readonly JobResult[]): 'published' | 'unchanged' | 'dry-run' {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  if (outcomes.has('dry-run')) return 'dry-run';
  return outcomes.has('published') ? 'published' : 'unchanged';
}

/** One message where all failed for the same cause. */
function messageOf(failures: readonly JobResult[]): string {
  const messages = new Set(failures.map(({ message }) => String(message)));
  if (messages.size === 1) return [...messages].join('');
  return failures.map(({ name, message }) => `${String(name)}: ${String(message)}`).join('; ');
}
