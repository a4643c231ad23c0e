/** A local lake whose days come from a topic of a real broker, with both jobs run in this process. */
import { join } from 'node:path';
import { dataload } from 'dataload';
import { openStore, parseLogicalDate } from 'lake';
import { type Config, executeJob, openLog, parseArguments, type Summary } from 'runtime';
import type { DataFrame, SparkSession } from 'spark-connect';
import { layout } from './layout.ts';
import { type TestLake, testLake } from './in-process.ts';
import { kafkaConfig } from './kafka-day.ts';
import { DATE } from './kafka-topics.ts';

export interface KafkaLake extends TestLake {
  readonly table: () => DataFrame;
  readonly landing: () => DataFrame;
  /** Loads the day from the topic. */
  load(flags?: readonly string[], options?: LoadOptions): Promise<Summary>;
  /** Current manifest of a step. */
  manifest(step: 'landing' | 'dataload'): Promise<KafkaManifest>;
  /** Lines of the current quarantine. */
  quarantine(): Promise<readonly QuarantinedLine[]>;
}

export interface LoadOptions {
  /** Told what the run is doing. */
  readonly onProgress?: (text: string) => void;
  /** Another day than that of the lake. */
  readonly date?: string;
  readonly config?: Config;
}

/** What tests look at. */
export interface KafkaManifest {
  readonly runId: string;
  readonly staged: { readonly rows: number; readonly sha256: string };
  readonly input: {
    readonly landing: { readonly sha256: string; readonly rows: number };
    readonly partitions: readonly { readonly partition: number; readonly start: number; readonly end: number }[];
  };
  readonly counts: Readonly<Record<string, unknown>>;
  readonly quarantine: { readonly key: string } | null;
}

export interface QuarantinedLine {
  readonly raw?: string;
  readonly raw_base64?: string;
  readonly reasons: readonly { readonly rule: string; readonly field?: string }[];
  readonly event: Readonly<Record<string, unknown>>;
}

export async function kafkaLake(spark: SparkSession, broker: string, topic: string, date = DATE): Promise<KafkaLake> {
  const day = parseLogicalDate(date);
  const lake = await testLake(spark, (config) => ({
    ...config,
    lake: { ...config.lake, audit: { ...config.lake.audit, maxQuarantinedShare: 1 } },
    kafka: kafkaConfig(broker, topic, { closeWaitMinutes: 0, timeoutSeconds: 10 }),
  }));
  const store = openStore(lake.lake, lake.config.lake);
  const textOf = async (key: string): Promise<string> => new TextDecoder().decode(await store.get(key));
  const manifest = async (step: 'landing' | 'dataload'): Promise<KafkaManifest> =>
    JSON.parse(await textOf(layout.currentManifest(step, day))) as KafkaManifest;
  return {
    ...lake,
    manifest,
    table: () => spark.read.parquet(join(lake.lake, layout.tableObject(day))),
    landing: () => spark.read.parquet(join(lake.lake, layout.landedKafka(day))),
    load(flags = [], { onProgress, date: other = date, config = lake.config } = {}) {
      const args = parseArguments(['--date', other, '--source', 'kafka', ...flags], {});
      const log = openLog({ ...lake.config.logging, level: 'error' });
      const { signal } = new AbortController();
      return executeJob('dataload', (run) => dataload(run, spark), {
        args,
        config,
        log,
        signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      });
    },
    async quarantine() {
      const { quarantine } = await manifest('dataload');
      const text = quarantine === null ? '' : await textOf(quarantine.key);
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as QuarantinedLine);
    },
  };
}
