/** The command that leaves it to a table's source how it is written. */
import { create } from '@bufbuild/protobuf';
import { type Command, CommandSchema, WriteOperationV2_Mode } from '../gen/spark/connect/commands_pb.js';
import type { Expression } from './expression.ts';
import type { Relation } from './relation.ts';

type Mode = 'create' | 'replace' | 'createOrReplace' | 'append' | 'overwrite' | 'overwritePartitions';

const MODES: Readonly<Record<Mode, WriteOperationV2_Mode>> = {
  create: WriteOperationV2_Mode.CREATE,
  replace: WriteOperationV2_Mode.REPLACE,
  createOrReplace: WriteOperationV2_Mode.CREATE_OR_REPLACE,
  append: WriteOperationV2_Mode.APPEND,
  overwrite: WriteOperationV2_Mode.OVERWRITE,
  overwritePartitions: WriteOperationV2_Mode.OVERWRITE_PARTITIONS,
};

export interface WriteV2Parts {
  readonly table: string;
  /** The source of a new table. */
  readonly provider: string | undefined;
  readonly options: Readonly<Record<string, string>>;
  readonly tableProperties: Readonly<Record<string, string>>;
  readonly partitionedBy: readonly Expression[];
  readonly clusterBy?: readonly string[];
}

export type WriteV2Mode =
  | { readonly kind: Exclude<Mode, 'overwrite'> }
  /** Rows for which the condition is true are replaced. */
  | { readonly kind: 'overwrite'; readonly condition: Expression };

export function writeV2(input: Relation, parts: WriteV2Parts, mode: WriteV2Mode): Command {
  return create(CommandSchema, {
    commandType: {
      case: 'writeOperationV2',
      value: {
        input,
        tableName: parts.table,
        mode: MODES[mode.kind],
        options: { ...parts.options },
        tableProperties: { ...parts.tableProperties },
        partitioningColumns: [...parts.partitionedBy],
        clusteringColumns: [...(parts.clusterBy ?? [])],
        ...(parts.provider === undefined ? {} : { provider: parts.provider }),
        ...(mode.kind === 'overwrite' ? { overwriteCondition: mode.condition } : {}),
      },
    },
  });
}
