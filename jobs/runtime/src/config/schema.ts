/** What each configuration file may hold: JSON Schema, with the meaning of every key and the default of those that may be left out. */

import { CLOUDWATCH, type CloudWatchConfig } from './cloudwatch-schema.ts';
import { LINEAGE, type LineageConfig } from './lineage-schema.ts';

const share = { type: 'number', minimum: 0, maximum: 1 } as const;
const days = { type: 'integer', minimum: 0 } as const;
const seconds = { type: 'number', exclusiveMinimum: 0 } as const;
const minutes = { type: 'number', minimum: 0 } as const;

function object(description: string, properties: Record<string, object>, required: readonly string[] = []) {
  return { type: 'object', description, additionalProperties: false, properties, required } as const;
}

/** A part that may be left out; then its own defaults count. */
function part(description: string, properties: Record<string, object>) {
  return { ...object(description, properties), default: {} };
}

/** File name to the schema of its content. */
export const CONFIG_SCHEMAS = {
  'aws_config.yml': object(
    'Where the lake lies, what stops a publish, and how long leftovers stay.',
    {
      lake: {
        type: 'string',
        minLength: 1,
        description: 'where the lake lies: a folder, relative to the working directory, or `s3://bucket/prefix`',
      },
      output: { type: 'string', minLength: 1, description: 'where the reports go: a folder or `s3://bucket/prefix`' },
      single_writer: {
        type: 'boolean',
        default: false,
        description: 'only for a store that ignores conditional requests: promises that no two runs of a day overlap',
      },
      region: { type: 'string', minLength: 1, default: 'us-east-1', description: 'region of the buckets' },
      endpoint: {
        type: ['string', 'null'],
        pattern: '^(https?://[^/@?#]+/?)?$',
        default: null,
        description: '`https://host[:port]` of an S3 store other than AWS; null or empty for AWS',
      },
      path_style: {
        type: ['boolean', 'null'],
        default: null,
        description: '`host/bucket/key` instead of `bucket.host/key`; null: where an endpoint is named',
      },
      encryption: {
        enum: ['none', 'sse-s3', 'sse-kms'],
        default: 'none',
        description: 'what objects are encrypted with by the store; checked by looking at them',
      },
      kms_key: {
        type: ['string', 'null'],
        default: null,
        description: 'key of sse-kms; null or empty for the one that the bucket names',
      },
      versioning: {
        type: 'boolean',
        default: false,
        description: 'whether `lake policies` has the buckets keep earlier states of objects',
      },
      old_version_days: {
        ...days,
        default: 30,
        description: 'after how many days such a state is removed by the bucket',
      },
      audit: part('What stops a publish; the published day then stays unchanged.', {
        max_quarantined_share: { ...share, default: 0.2, description: 'quarantined lines of all judged lines' },
        min_rows: {
          type: ['integer', 'null'],
          minimum: 0,
          default: null,
          description:
            'the fewest rows of a day; null: 1 for a day from Kafka, 0 for one from files. `--allow-empty` takes a day without rows all the same',
        },
        max_shrinkage: {
          ...share,
          type: ['number', 'null'],
          default: null,
          description:
            'how much smaller than the published day a new version may be, and a new day than the median of the last published days (at most 7 of the 28 days before, at least 3); null only warns',
        },
      }),
      retention: part('After how many days housekeeping may remove what nobody needs any more.', {
        staging_days: { ...days, default: 2, description: 'staging of runs that were killed' },
        superseded_days: {
          ...days,
          default: 30,
          description: 'run manifests and quarantine objects that are not current',
        },
      }),
    },
    ['lake', 'output'],
  ),
  'kafka_config.yml': object('The topic of recipe-change events.', {
    brokers: {
      type: 'array',
      items: { type: 'string', pattern: '^([^,:\\s]+:\\d+(,|$))*$' },
      default: [],
      description: '`host:port` of some brokers, one or several with commas an item; empty items count for nothing',
    },
    topic: { type: 'string', minLength: 1, default: 'recipe_changes', description: 'name of the topic' },
    security: part('How brokers are spoken to.', {
      protocol: {
        enum: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'],
        default: 'PLAINTEXT',
        description: 'as the brokers’ listener; SASL takes KAFKA_USERNAME and KAFKA_PASSWORD from the environment',
      },
      mechanism: {
        enum: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'],
        default: 'SCRAM-SHA-512',
        description: 'how SASL proves the password',
      },
      ca_file: {
        type: ['string', 'null'],
        default: null,
        description:
          'PEM file, where the jobs and where Spark run, of who signs the brokers’ certificates; null or empty for the usual authorities',
      },
    }),
    overlap_minutes: {
      ...minutes,
      default: 60,
      description:
        'how far clocks may be off: only a record of so long after midnight shows that a partition is through with the day; what the topic lets clocks be ahead counts where it is more',
    },
    grace_minutes: {
      ...minutes,
      default: 120,
      description: 'how long after midnight a partition without later records still keeps a day open',
    },
    schedule_minutes: {
      type: 'integer',
      minimum: 0,
      default: 130,
      description:
        'how long after midnight UTC Airflow begins the run of the day before; at least grace_minutes, which is at least overlap_minutes. A plain number: Airflow reads it too',
    },
    expected_minutes: {
      type: 'integer',
      minimum: 0,
      maximum: 1439,
      default: 360,
      description:
        'how long after midnight UTC `lake status --check` expects the day before to be there, and Airflow looks; later than schedule_minutes, and a plain number too',
    },
    close_wait_minutes: {
      ...minutes,
      default: 30,
      description:
        'how long a run itself waits for a day to close before it ends with exit code 3; Airflow tries it again later, and in between holds no place for it',
    },
    timeout_seconds: { ...seconds, maximum: 300, default: 30, description: 'after how long a dead broker is given up' },
  }),
  'spark_config.yml': object(
    'The Spark Connect server and the session that a job opens there.',
    {
      remote: {
        type: 'string',
        minLength: 1,
        description: 'address: `sc://host[:port][/;key=value…]`; its parameters but for the harmless are never logged',
      },
      connect_timeout_seconds: { ...seconds, default: 10, description: 'how long to wait for the first answer' },
      retry_budget_seconds: {
        ...seconds,
        default: 120,
        description: 'how long a call is tried again once the server was there',
      },
      bytes_per_writer: {
        type: 'integer',
        minimum: 1,
        default: 134_217_728,
        description:
          'a day of at least twice as much input is written by several tasks side by side, one for each so many bytes, into one object; changing it changes the bytes of such a day, not its rows',
      },
      conf: {
        type: 'object',
        additionalProperties: { type: 'string' },
        default: {},
        description:
          'session confs that tune, as Spark spells them; every value is a string. What decides what a day holds is fixed in the code and refused here',
      },
    },
    ['remote'],
  ),
  'logging_config.yml': object('Log lines, one event a line on stderr.', {
    format: { enum: ['text', 'json'], default: 'text', description: 'text for people, json for machines' },
    level: { enum: ['error', 'warn', 'info', 'debug'], default: 'info', description: 'the least that is logged' },
    progress_seconds: {
      ...seconds,
      maximum: 30,
      default: 10,
      description: 'a line about what the job is doing at least this often',
    },
    cloudwatch: part('A copy of the log, and the counts of the run as metrics, in CloudWatch.', CLOUDWATCH),
    lineage: part('What each run read and published, as events of OpenLineage.', LINEAGE),
  }),
} as const;

export type ConfigFile = keyof typeof CONFIG_SCHEMAS;

/** The configuration of an environment, complete: no value is optional any more. Its JSON holds no credentials. */
export interface Config {
  readonly env: string;
  readonly lake: {
    /** Folder or s3:// URI. */
    readonly uri: string;
    readonly output: string;
    readonly singleWriter: boolean;
    readonly region: string;
    /** Null for AWS. */
    readonly endpoint: string | null;
    readonly pathStyle: boolean;
    readonly encryption: 'none' | 'sse-s3' | 'sse-kms';
    /** Null for the key that the bucket names. */
    readonly kmsKey: string | null;
    readonly versioning: boolean;
    readonly oldVersionDays: number;
    readonly audit: {
      readonly maxQuarantinedShare: number;
      /** Null for what the source of a day asks. */
      readonly minRows: number | null;
      readonly maxShrinkage: number | null;
    };
    readonly retention: { readonly stagingDays: number; readonly supersededDays: number };
  };
  readonly kafka: {
    /** `host:port`, one an item; none where there is no Kafka. */
    readonly brokers: readonly string[];
    readonly topic: string;
    readonly security: {
      readonly protocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      /** Null for the usual authorities. */
      readonly caFile: string | null;
    };
    readonly overlapMinutes: number;
    readonly graceMinutes: number;
    /** After midnight UTC. */
    readonly scheduleMinutes: number;
    readonly expectedMinutes: number;
    readonly closeWaitMinutes: number;
    readonly timeoutSeconds: number;
  };
  readonly spark: {
    /** May hold credentials; say it with `redactRemote`. */
    readonly remote: string;
    readonly connectTimeoutSeconds: number;
    readonly retryBudgetSeconds: number;
    /** Of a day's input. */
    readonly bytesPerWriter: number;
    /** Session confs, as Spark spells them. */
    readonly conf: Readonly<Record<string, string>>;
  };
  readonly logging: {
    readonly format: 'text' | 'json';
    readonly level: 'error' | 'warn' | 'info' | 'debug';
    readonly progressSeconds: number;
    readonly cloudwatch: CloudWatchConfig;
    readonly lineage: LineageConfig;
  };
  /** What was read from AWS, for files and variables; all of it is secret. */
  readonly fromAws: readonly AwsValue[];
}

export interface AwsValue {
  readonly reference: string;
  readonly value: string;
}
