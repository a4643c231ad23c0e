/** Constructors of what makes, writes and asks streams. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Command, command } from './command.ts';
import type {
  StreamingQueryCommandSchema,
  StreamingQueryManagerCommandSchema,
  WriteStreamOperationStartSchema,
} from '../gen/spark/connect/commands_pb.js';
import { type Relation, relation } from './relation.ts';

/** Rows that come later than so long after the latest one seen are not waited for. */
export function withWatermark(input: Relation, eventTime: string, delayThreshold: string): Relation {
  return relation({ case: 'withWatermark', value: { input, eventTime, delayThreshold } });
}

type Start = MessageInitShape<typeof WriteStreamOperationStartSchema>;

export interface StreamParts {
  readonly format: string;
  readonly options: Readonly<Record<string, string>>;
  readonly outputMode: string;
  readonly queryName: string;
  readonly partitionBy: readonly string[];
  readonly clusterBy: readonly string[];
  readonly trigger: NonNullable<Start['trigger']>;
  readonly sinkDestination: NonNullable<Start['sinkDestination']>;
}

export function startStream(input: Relation, { partitionBy, clusterBy, options, ...parts }: StreamParts): Command {
  return command({
    case: 'writeStreamOperationStart',
    value: {
      input,
      ...parts,
      options: { ...options },
      partitioningColumnNames: [...partitionBy],
      clusteringColumnNames: [...clusterBy],
    },
  });
}

/** By which a server knows a query that runs, or ran. */
export interface QueryId {
  /** The same after each start from one checkpoint. */
  readonly id: string;
  /** Of this start. */
  readonly runId: string;
}

export type QueryQuestion = NonNullable<MessageInitShape<typeof StreamingQueryCommandSchema>['command']>;

export function queryCommand({ id, runId }: QueryId, question: QueryQuestion): Command {
  return command({ case: 'streamingQueryCommand', value: { queryId: { id, runId }, command: question } });
}

export type QueriesQuestion = NonNullable<MessageInitShape<typeof StreamingQueryManagerCommandSchema>['command']>;

export function queriesCommand(question: QueriesQuestion): Command {
  return command({ case: 'streamingQueryManagerCommand', value: { command: question } });
}
