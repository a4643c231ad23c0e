/** What `cloudwatch` of logging_config.yml may hold. */

/** What CloudWatch Logs takes; null leaves the group's own. */
const RETENTION_DAYS = [
  null,
  1,
  3,
  5,
  7,
  14,
  30,
  60,
  90,
  120,
  150,
  180,
  365,
  400,
  545,
  731,
  1096,
  1827,
  2192,
  2557,
  2922,
  3288,
  3653,
] as const;

export const CLOUDWATCH = {
  enabled: {
    type: 'boolean',
    default: false,
    description: 'whether dataload and prepare send their log to CloudWatch Logs too',
  },
  group: {
    type: 'string',
    pattern: '^[A-Za-z0-9._/#-]{1,400}$',
    default: '/recipe-etl',
    description: 'begins the name of a log group: `<group>/<environment>/<job>`; a stream is `<date>/<run id>`',
  },
  retention_days: {
    type: ['integer', 'null'],
    enum: RETENTION_DAYS,
    default: 30,
    description: 'after how many days events of a group are removed; null leaves what the group has',
  },
  namespace: {
    type: 'string',
    pattern: '^[A-Za-z0-9._/#-]{1,255}$',
    not: { pattern: '^AWS/' },
    default: 'recipe-etl',
    description: 'of the metrics, whose dimensions are environment and job',
  },
} as const;

export interface CloudWatchConfig {
  readonly enabled: boolean;
  readonly group: string;
  /** Null for what the group has. */
  readonly retentionDays: number | null;
  readonly namespace: string;
}
