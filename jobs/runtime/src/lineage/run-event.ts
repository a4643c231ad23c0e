/** The events of a run, as OpenLineage has them: that it began, and how it ended with what it read and published. */
import { type DatasetUse, mergedUses } from '../dataset-use.ts';
import type { Summary } from '../run.ts';
import { type InputDataset, inputDataset, type OutputDataset, outputDataset } from './dataset.ts';
import { facet, type Facets, RUN_EVENT } from './facet.ts';
import { lineageRunId, type NamedRun, type ParentRun } from './run-id.ts';

export interface ToldRun extends NamedRun {
  /** URI of the code that tells. */
  readonly producer: string;
  /** What started the run, where that is known. */
  readonly parent: ParentRun | undefined;
}

export interface RunEvent {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL';
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: { readonly namespace: string; readonly name: string };
  readonly inputs: readonly InputDataset[];
  readonly outputs: readonly OutputDataset[];
}

/** What a run will read is known for certain only once it has: no datasets yet. */
export function startEvent(run: ToldRun, at: Date): RunEvent {
  return runEvent('START', run, at);
}

/** @param uses in the order in which they were told; of a failed run those until its failure */
export function endEvent(run: ToldRun, summary: Summary, uses: readonly DatasetUse[], at: Date): RunEvent {
  const { producer } = run;
  const used = mergedUses(uses);
  const event =
    summary.outcome === 'failed'
      ? runEvent('FAIL', run, at, { errorMessage: facet(producer, 'errorMessage', failureOf(summary)) })
      : runEvent('COMPLETE', run, at);
  return {
    ...event,
    inputs: used.filter(({ use }) => use === 'read').map((use) => inputDataset(use, producer)),
    outputs: used.filter(({ use }) => use === 'written').map((use) => outputDataset(use, producer)),
  };
}

function runEvent(eventType: RunEvent['eventType'], run: ToldRun, at: Date, facets: Facets = {}): RunEvent {
  const { producer, parent } = run;
  return {
    eventType,
    eventTime: at.toISOString(),
    producer,
    schemaURL: RUN_EVENT,
    run: {
      runId: lineageRunId(run),
      facets: {
        nominalTime: facet(producer, 'nominalTime', dayOf(run)),
        ...(parent !== undefined && { parent: facet(producer, 'parent', parentOf(parent)) }),
        ...facets,
      },
    },
    job: { namespace: run.namespace, name: run.job },
    inputs: [],
    outputs: [],
  };
}

const DAY_MS = 24 * 3_600_000;

function dayOf({ logicalDate }: NamedRun): object {
  const start = Date.parse(`${logicalDate}T00:00:00Z`);
  return {
    nominalStartTime: new Date(start).toISOString(),
    nominalEndTime: new Date(start + DAY_MS).toISOString(),
  };
}

const parentOf = ({ namespace, job, runId }: ParentRun): object => ({ run: { runId }, job: { namespace, name: job } });

/** The exit code is what an operator looks up. */
function failureOf({ code, exitCode, message }: Summary): object {
  return { message: `${String(message)} [${String(code)}] exit ${exitCode}`, programmingLanguage: 'TypeScript' };
}
