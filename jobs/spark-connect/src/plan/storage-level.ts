/** Where the server keeps rows that it was told to keep. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { SparkError } from '../errors.ts';
import type { StorageLevelSchema } from '../gen/spark/connect/common_pb.js';

type Level = MessageInitShape<typeof StorageLevelSchema>;

const of = (useMemory: boolean, useDisk: boolean, replication = 1, deserialized = false): Level => ({
  useMemory,
  useDisk,
  useOffHeap: false,
  deserialized,
  replication,
});

/** As PySpark names them: in memory, on disk where they do not fit, on how many machines. */
export type StorageLevel =
  | 'DISK_ONLY'
  | 'DISK_ONLY_2'
  | 'DISK_ONLY_3'
  | 'MEMORY_ONLY'
  | 'MEMORY_ONLY_2'
  | 'MEMORY_AND_DISK'
  | 'MEMORY_AND_DISK_2'
  | 'MEMORY_AND_DISK_DESER'
  | 'OFF_HEAP';

const LEVELS: Readonly<Record<StorageLevel, Level>> = {
  DISK_ONLY: of(false, true),
  DISK_ONLY_2: of(false, true, 2),
  DISK_ONLY_3: of(false, true, 3),
  MEMORY_ONLY: of(true, false),
  MEMORY_ONLY_2: of(true, false, 2),
  MEMORY_AND_DISK: of(true, true),
  MEMORY_AND_DISK_2: of(true, true, 2),
  MEMORY_AND_DISK_DESER: of(true, true, 1, true),
  OFF_HEAP: { ...of(true, true), useOffHeap: true },
};

/** @throws SparkError `usage` for a name that is none */
export function storageLevel(name: StorageLevel): Level {
  if (Object.hasOwn(LEVELS, name)) return LEVELS[name];
  throw new SparkError('usage', `"${name}" is no storage level: ${Object.keys(LEVELS).join(', ')}.`);
}

/** What a level means. PySpark: `StorageLevel`. */
export interface StorageFlags {
  readonly useDisk: boolean;
  readonly useMemory: boolean;
  readonly useOffHeap: boolean;
  readonly deserialized: boolean;
  /** On how many machines. */
  readonly replication: number;
}

export function storageFlags(level: Partial<StorageFlags> = {}): StorageFlags {
  const { useDisk = false, useMemory = false, useOffHeap = false, deserialized = false, replication = 1 } = level;
  return { useDisk, useMemory, useOffHeap, deserialized, replication };
}
