/** What each configuration file may hold: JSON Schema, with the default of every key that may be left out. */

const share = { type: 'number', minimum: 0, maximum: 1 } as const;
const days = { type: 'integer', minimum: 0 } as const;
const seconds = { type: 'number', exclusiveMinimum: 0 } as const;

function object(properties: Record<string, object>, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, properties, required } as const;
}

/** A part that may be left out; then its own defaults count. */
function part(properties: Record<string, object>) {
  return { ...object(properties), default: {} };
}

/** File name to the schema of its content. */
export const CONFIG_SCHEMAS = {
  'aws_config.yml': object(
    {
      lake: { type: 'string', minLength: 1 },
      output: { type: 'string', minLength: 1 },
      single_writer: { type: 'boolean', default: false },
      audit: part({
        max_quarantined_share: { ...share, default: 0.2 },
        max_shrinkage: { ...share, type: ['number', 'null'], default: null },
      }),
      retention: part({ staging_days: { ...days, default: 2 }, superseded_days: { ...days, default: 30 } }),
    },
    ['lake', 'output'],
  ),
  'kafka_config.yml': object({
    brokers: { type: 'array', items: { type: 'string' }, default: [] },
    topic: { type: 'string', default: 'recipe_changes' },
  }),
  'spark_config.yml': object(
    {
      remote: { type: 'string', minLength: 1 },
      connect_timeout_seconds: { ...seconds, default: 10 },
      retry_budget_seconds: { ...seconds, default: 120 },
      conf: { type: 'object', additionalProperties: { type: 'string' }, default: {} },
    },
    ['remote'],
  ),
  'logging_config.yml': object({
    format: { enum: ['text', 'json'], default: 'text' },
    level: { enum: ['error', 'warn', 'info', 'debug'], default: 'info' },
    progress_seconds: { ...seconds, maximum: 30, default: 10 },
  }),
} as const;

export type ConfigFile = keyof typeof CONFIG_SCHEMAS;

/** The configuration of an environment, complete: no value is optional any more. */
export interface Config {
  readonly env: string;
  readonly lake: {
    /** Folder or s3:// URI. */
    readonly uri: string;
    readonly output: string;
    readonly singleWriter: boolean;
    readonly audit: { readonly maxQuarantinedShare: number; readonly maxShrinkage: number | null };
    readonly retention: { readonly stagingDays: number; readonly supersededDays: number };
  };
  readonly kafka: { readonly brokers: readonly string[]; readonly topic: string };
  readonly spark: {
    readonly remote: string;
    readonly connectTimeoutSeconds: number;
    readonly retryBudgetSeconds: number;
    /** Session confs, as Spark spells them. */
    readonly conf: Readonly<Record<string, string>>;
  };
  readonly logging: {
    readonly format: 'text' | 'json';
    readonly level: 'error' | 'warn' | 'info' | 'debug';
    readonly progressSeconds: number;
  };
}
