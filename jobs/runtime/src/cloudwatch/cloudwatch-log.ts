/** The log of a job in CloudWatch Logs, and its counts as metrics there, where the configuration says so. */
import type { Config } from '../config/schema.ts';
import type { Environment } from '../config/variables.ts';
import type { LogLine } from '../log.ts';
import type { Identity, Summary } from '../run.ts';
import { eventOf } from './event.ts';
import { metricsOf } from './metrics.ts';
import { EventSender, type LogPlace } from './sender.ts';

export interface CloudWatchLog {
  add(line: LogLine): void;
  /** Sends what is left, within this time. */
  end(summary: Summary, withinMs: number): Promise<void>;
}

export interface CloudWatchOptions {
  readonly config: Config;
  readonly variables: Environment;
  /** What is known of the run by now. */
  readonly identity: () => Identity;
  /** Called at most once, where the copy is not complete. */
  readonly warn: (text: string) => void;
}

/** @returns undefined where it is off */
export function openCloudWatch({ config, variables, identity, warn }: CloudWatchOptions): CloudWatchLog | undefined {
  const { cloudwatch } = config.logging;
  if (!cloudwatch.enabled) return undefined;
  const service = async () => {
    const { logService } = await import('./client.ts');
    return logService(logPlaceOf(config, identity()), variables);
  };
  const sender = new EventSender({ service, warn });
  return {
    add: (line) => sender.add(eventOf(line, identity(), config.env, Date.now())),
    async end(summary, withinMs) {
      const place = { namespace: cloudwatch.namespace, environment: config.env };
      sender.add(metricsOf(summary, place, Date.now(), performance.now()));
      await sender.end(withinMs);
    },
  };
}

/** A run that failed before it had an id shares the stream of others like it. */
export function logPlaceOf({ env, logging }: Config, { job, logicalDate, runId }: Identity): LogPlace {
  const { group, retentionDays } = logging.cloudwatch;
  return { group: `${group}/${env}/${job}`, stream: `${logicalDate}/${runId ?? 'not-started'}`, retentionDays };
}
