/** The topic and the landing as datasets that a run used. */
import type { Config, DatasetUse, Run } from 'runtime';

export function landingUse(
  use: DatasetUse['use'],
  { lake, layout }: Pick<Run, 'lake' | 'layout'>,
  { key, rows }: { readonly key: string; readonly rows: number },
): DatasetUse {
  return { use, dataset: lake.url(layout.roots.landing.prefix), part: lake.url(key), rows };
}

/** A cluster is named by one of the brokers that a client begins with. @param rows that were read; neighbours of the day are among them */
export function topicUse({ kafka }: Pick<Config, 'kafka'>, rows: number): DatasetUse {
  return { use: 'read', dataset: `kafka://${kafka.brokers[0] ?? ''}/${kafka.topic}`, rows };
}
