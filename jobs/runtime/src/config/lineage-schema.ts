/** What `lineage` of logging_config.yml may hold. */

export const LINEAGE = {
  url: {
    type: ['string', 'null'],
    pattern: '^(https?://[^\\s@?#]+)?$',
    default: null,
    description:
      'server that takes OpenLineage events, by POST to `<url>/api/v1/lineage`; OPENLINEAGE_API_KEY of the environment is its key. Null or empty: none',
  },
  file: {
    type: ['string', 'null'],
    default: null,
    description:
      'file to which the events are appended, one a line, instead of a server or beside it. Null or empty: none',
  },
  namespace: {
    type: 'string',
    minLength: 1,
    default: 'recipe-etl',
    description: 'of the jobs, whose names are dataload and prepare',
  },
} as const;

export interface LineageConfig {
  /** Null for none. */
  readonly url: string | null;
  readonly file: string | null;
  readonly namespace: string;
}
