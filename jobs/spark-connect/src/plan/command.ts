/** One constructor for each command: what changes something on the server. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type Command,
  CommandSchema,
  WriteOperation_SaveMode,
  WriteOperation_SaveTable_TableSaveMethod,
} from '../gen/spark/connect/commands_pb.js';
import { wholeNumber } from './numbers.ts';
import type { Relation } from './relation.ts';

export type { Command };

type Kind = NonNullable<MessageInitShape<typeof CommandSchema>['commandType']>;

export const command = (commandType: Kind): Command => create(CommandSchema, { commandType });

/** SQL text that is executed once; a query is only planned. */
export function sqlCommand(input: Relation): Command {
  return command({ case: 'sqlCommand', value: { input } });
}

export interface ViewParts {
  /** One of this name goes, instead of being an error. */
  readonly isReplacing: boolean;
  /** Seen by all sessions. */
  readonly isGlobal: boolean;
}

export function createView(input: Relation, name: string, { isReplacing, isGlobal }: ViewParts): Command {
  return command({ case: 'createDataframeView', value: { input, name, isGlobal, replace: isReplacing } });
}

/** The rows of the relation as they are, kept by the server. */
export function checkpoint(relation: Relation, isLocal: boolean, isEager: boolean): Command {
  return command({ case: 'checkpointCommand', value: { relation, local: isLocal, eager: isEager } });
}

/** What happens where there is something already. */
export type SaveMode = 'append' | 'overwrite' | 'errorifexists' | 'ignore';

const SAVE_MODES: Readonly<Record<SaveMode, WriteOperation_SaveMode>> = {
  append: WriteOperation_SaveMode.APPEND,
  overwrite: WriteOperation_SaveMode.OVERWRITE,
  errorifexists: WriteOperation_SaveMode.ERROR_IF_EXISTS,
  ignore: WriteOperation_SaveMode.IGNORE,
};

export const saveModes = Object.keys(SAVE_MODES) as readonly SaveMode[];

export type Target =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'table'; readonly name: string; readonly isInsert: boolean };

export interface WriteParts {
  readonly format: string | undefined;
  /** Undefined where none was said: the server's default, which is `errorifexists`. */
  readonly mode: SaveMode | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly partitionBy: readonly string[];
  readonly bucketBy?: { readonly numBuckets: number; readonly bucketColumnNames: string[] };
  readonly sortBy?: readonly string[];
  readonly clusterBy?: readonly string[];
  readonly target: Target;
}

export function write(input: Relation, parts: WriteParts): Command {
  const { format, mode, options, partitionBy, bucketBy, sortBy = [], clusterBy = [], target } = parts;
  if (bucketBy !== undefined) wholeNumber('The number of buckets', bucketBy.numBuckets, 1);
  return command({
    case: 'writeOperation',
    value: {
      input,
      mode: mode === undefined ? WriteOperation_SaveMode.UNSPECIFIED : SAVE_MODES[mode],
      options: { ...options },
      partitioningColumns: [...partitionBy],
      sortColumnNames: [...sortBy],
      clusteringColumns: [...clusterBy],
      ...(bucketBy === undefined ? {} : { bucketBy }),
      ...(format === undefined ? {} : { source: format }),
      ...saveType(target),
    },
  });
}

function saveType(target: Target) {
  if (target.kind === 'nowhere') return {};
  if (target.kind === 'path') return { saveType: { case: 'path' as const, value: target.path } };
  const { SAVE_AS_TABLE, INSERT_INTO } = WriteOperation_SaveTable_TableSaveMethod;
  const table = { tableName: target.name, saveMethod: target.isInsert ? INSERT_INTO : SAVE_AS_TABLE };
  return { saveType: { case: 'table' as const, value: table } };
}
