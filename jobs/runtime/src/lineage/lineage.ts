/** What a run read and published, told to those who draw lineage, where the configuration says so. */
import type { Config } from '../config/schema.ts';
import { scrubTexts } from '../config/secrets.ts';
import type { Environment } from '../config/variables.ts';
import type { DatasetUse } from '../dataset-use.ts';
import type { Identity, Summary } from '../run.ts';
import { destinationsOf } from './destination.ts';
import { endEvent, startEvent, type ToldRun } from './run-event.ts';
import { parentRun, type ParentRun } from './run-id.ts';
import { LineageSender } from './sender.ts';

export interface Lineage {
  /** The run has its id. */
  started(): void;
  used(use: DatasetUse): void;
  /** Sends what is left, within this time. */
  end(summary: Summary, withinMs: number): Promise<void>;
}

export interface LineageOptions {
  readonly config: Config;
  readonly variables: Environment;
  readonly secrets: readonly string[];
  /** What is known of the run by now. */
  readonly identity: () => Identity;
  /** Called at most once, where an event is lost. */
  readonly warn: (text: string) => void;
}

/** @returns undefined where it is off */
export function openLineage({ config, variables, secrets, identity, warn }: LineageOptions): Lineage | undefined {
  const { lineage } = config.logging;
  const destinations = destinationsOf(lineage, variables['OPENLINEAGE_API_KEY']);
  if (destinations.length === 0) return undefined;
  const parent = parentOf(variables, warn);
  const producer = producerOf(variables);
  const sender = new LineageSender({ destinations, warn });
  const uses: DatasetUse[] = [];
  let run: ToldRun | undefined;
  return {
    started() {
      const { job, logicalDate, runId } = identity();
      if (logicalDate === undefined || runId === undefined) return;
      const told = { namespace: lineage.namespace, job, logicalDate, runId, producer, parent };
      const at = new Date();
      run = told;
      sender.send(() => scrubTexts(startEvent(told, at), secrets));
    },
    used: (use) => void uses.push(use),
    async end(summary, withinMs) {
      if (run === undefined) return;
      const [told, at] = [run, new Date()];
      await sender.end(() => scrubTexts(endEvent(told, summary, uses, at), secrets), withinMs);
    },
  };
}

/** A URI of our own: where the sources lie is the matter of who deploys them. */
const producerOf = (variables: Environment): string =>
  `urn:recipe-etl:${encodeURIComponent(variables['RECIPE_ETL_VERSION'] || 'source')}`;

function parentOf({ OPENLINEAGE_PARENT_ID: text }: Environment, warn: (text: string) => void): ParentRun | undefined {
  if (!text) return undefined;
  const parent = parentRun(text);
  if (parent === undefined) warn('OPENLINEAGE_PARENT_ID is not namespace/job/run id, so the lineage names no parent');
  return parent;
}
