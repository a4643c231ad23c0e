/** What tests of Kafka share: a configuration for a broker of theirs, and a run that only freezes. */
import type { FreezingRun } from 'dataload/kafka';
import { type Config, type Environment, loadConfig, parseArguments } from 'runtime';

export const HOUR_MS = 60 * 60 * 1000;

/** @param change of the configuration's part for Kafka */
export function kafkaConfig(broker: string, topic: string, change: Partial<Config['kafka']> = {}): Config['kafka'] {
  const { kafka } = loadConfig('local', 'configs', { KAFKA_BROKER: broker, KAFKA_TOPIC: topic });
  return { ...kafka, ...change };
}

export interface TestFreezingRun {
  readonly run: FreezingRun;
  readonly warnings: string[];
  /** What was told of the progress, each text once. */
  readonly progress: Set<string>;
}

export function freezingRun(
  kafka: Config['kafka'],
  date: string,
  flags: readonly string[] = [],
  { signal = new AbortController().signal, variables = {} }: { signal?: AbortSignal; variables?: Environment } = {},
): TestFreezingRun {
  const warnings: string[] = [];
  const progress = new Set<string>();
  const config = { ...loadConfig('local', 'configs', {}), kafka };
  const silent = (): void => undefined;
  const log = { error: silent, info: silent, debug: silent, warn: (text: string) => void warnings.push(text) };
  const run = {
    args: parseArguments(['--date', date, '--source', 'kafka', ...flags], {}),
    config,
    variables,
    log: log as unknown as FreezingRun['log'],
    signal,
    progress: (text: string) => void progress.add(text),
  };
  return { run, warnings, progress };
}
