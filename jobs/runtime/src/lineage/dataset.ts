/** A dataset that a run used, as an event names it: by the naming conventions of OpenLineage. */
import type { DatasetUse } from '../dataset-use.ts';
import { facet, type Facets } from './facet.ts';

export interface Dataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
}

export interface InputDataset extends Dataset {
  readonly inputFacets: Facets;
}

export interface OutputDataset extends Dataset {
  readonly outputFacets: Facets;
}

/** `s3a://bucket/key` is `s3://bucket` and the key, `kafka://host:port/topic` likewise; a path is a path of `file`. */
export function datasetName(url: string): Pick<Dataset, 'namespace' | 'name'> {
  const [, scheme, authority, name] = /^([a-z0-9]+):\/\/([^/]*)\/(.*)$/.exec(url) ?? [];
  if (scheme === undefined || authority === undefined || name === undefined) return { namespace: 'file', name: url };
  return { namespace: `${asSpecified(scheme)}://${authority}`, name };
}

/** Spark's name for S3 is another one. */
const asSpecified = (scheme: string): string => (scheme === 's3a' ? 's3' : scheme);

export function inputDataset(use: DatasetUse, producer: string): InputDataset {
  return { ...dataset(use, producer), inputFacets: usedFacets(use, 'input', producer) };
}

export function outputDataset(use: DatasetUse, producer: string): OutputDataset {
  return { ...dataset(use, producer), outputFacets: usedFacets(use, 'output', producer) };
}

/** How much of it was used, and which part. */
function usedFacets(use: DatasetUse, side: 'input' | 'output', producer: string): Facets {
  const counts = statistics(use);
  const { part } = use;
  return {
    ...(counts && { [`${side}Statistics`]: facet(producer, `${side}Statistics`, counts) }),
    ...(part !== undefined && { subset: facet(producer, `${side}Subset`, { [`${side}Condition`]: location(part) }) }),
  };
}

function dataset({ dataset: url, columns }: DatasetUse, producer: string): Dataset {
  const fields = columns?.map(({ name, type }) => ({ name, type }));
  return { ...datasetName(url), facets: fields === undefined ? {} : { schema: facet(producer, 'schema', { fields }) } };
}

/** What Spark did not count is no number, and left out. */
function statistics({ rows, bytes, files }: DatasetUse): object | undefined {
  const counted = Object.entries({ rowCount: rows, size: bytes, fileCount: files }).filter(([, count]) =>
    Number.isInteger(count),
  );
  return counted.length === 0 ? undefined : Object.fromEntries(counted);
}

/** The day of the dataset, by where it lies. */
function location(part: string): object {
  return { type: 'location', locations: [part.replace(/^s3a:/, 's3:')] };
}
