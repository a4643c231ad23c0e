/** The facets that our events carry, each under the version of the OpenLineage specification that it follows. */

const SPEC = 'https://openlineage.io/spec';
export const RUN_EVENT = `${SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent`;

/** By the key under which an event carries it. */
const SCHEMAS = {
  nominalTime: '1-0-1/NominalTimeRunFacet.json#/$defs/NominalTimeRunFacet',
  parent: '1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet',
  errorMessage: '1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet',
  schema: '1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet',
  inputStatistics: '1-0-0/InputStatisticsInputDatasetFacet.json#/$defs/InputStatisticsInputDatasetFacet',
  outputStatistics: '1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet',
  inputSubset: '1-0-0/BaseSubsetDatasetFacet.json#/$defs/InputSubsetInputDatasetFacet',
  outputSubset: '1-0-0/BaseSubsetDatasetFacet.json#/$defs/OutputSubsetOutputDatasetFacet',
} as const;

export interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
  readonly [key: string]: unknown;
}

export type Facets = Readonly<Record<string, Facet>>;

export function facet(producer: string, name: keyof typeof SCHEMAS, content: object): Facet {
  return { _producer: producer, _schemaURL: `${SPEC}/facets/${SCHEMAS[name]}`, ...content };
}
