/** Who else is told of a run, beside its log and its summary: CloudWatch and those who draw lineage, where they are switched on. */
import { openCloudWatch } from './cloudwatch/cloudwatch-log.ts';
import type { Config } from './config/schema.ts';
import type { Environment } from './config/variables.ts';
import type { DatasetUse } from './dataset-use.ts';
import { openLineage } from './lineage/lineage.ts';
import type { LogLine } from './log.ts';
import type { Identity, Summary } from './run.ts';

/** How long they may hold an end up, side by side; less after a stop, where the grace comes before. */
const FAREWELL_MS = {
  usual: { cloudWatch: 2_000, lineage: 1_000 },
  stopped: { cloudWatch: 500, lineage: 300 },
} as const;

export interface Witnesses {
  logged(line: LogLine): void;
  /** The run has its id. */
  started(): void;
  used(use: DatasetUse): void;
  end(summary: Summary, kind: keyof typeof FAREWELL_MS): Promise<void>;
}

export interface WitnessOptions {
  readonly config: Config;
  readonly variables: Environment;
  readonly secrets: readonly string[];
  readonly isDryRun: boolean;
  /** What is known of the run by now. */
  readonly identity: () => Identity;
  readonly warn: (text: string) => void;
}

export function openWitnesses({ isDryRun, ...options }: WitnessOptions): Witnesses {
  const cloudWatch = openCloudWatch(options);
  // What publishes nothing is no step on the way of the data.
  const lineage = isDryRun ? undefined : openLineage(options);
  return {
    logged: (line) => cloudWatch?.add(line),
    started: () => lineage?.started(),
    used: (use) => lineage?.used(use),
    async end(summary, kind) {
      const within = FAREWELL_MS[kind];
      await Promise.all([cloudWatch?.end(summary, within.cloudWatch), lineage?.end(summary, within.lineage)]);
    },
  };
}
