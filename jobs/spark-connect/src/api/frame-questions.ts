/** What a frame asks the server about its plan, without running it. */
import { SparkError } from '../errors.ts';
import { Frame } from './frame.ts';
import type { DataFrame } from './dataframe.ts';
import { queryPlan } from '../plan/plan.ts';
import { type StorageFlags, storageFlags } from '../plan/storage-level.ts';
import { wholeNumber } from '../plan/numbers.ts';
import type { Row } from '../rows/row.ts';

export abstract class FrameQuestions<R = Row> extends Frame<R> {
  /** The columns as a tree of text, nested ones below. Asks the server. PySpark: `printSchema`, which prints it. @param level how deep; all unless said */
  async schemaString(level?: number): Promise<string> {
    const depth = level === undefined ? {} : { level: wholeNumber('The level of a tree', level, 1) };
    return (await this.runner.ask('treeString', { plan: queryPlan(this.relation), ...depth })).treeString;
  }

  /** Whether it reads a stream, so that only `writeStream` can run it. Asks the server. PySpark: `isStreaming`. */
  async isStreaming(): Promise<boolean> {
    return (await this.runner.ask('isStreaming', { plan: queryPlan(this.relation) })).isStreaming;
  }

  /** Whether `collect` needs no executor. Asks the server. PySpark: `isLocal`. */
  async isLocal(): Promise<boolean> {
    return (await this.runner.ask('isLocal', { plan: queryPlan(this.relation) })).isLocal;
  }

  /** The files that it reads, as far as the server knows. PySpark: `inputFiles`. */
  async inputFiles(): Promise<string[]> {
    return (await this.runner.ask('inputFiles', { plan: queryPlan(this.relation) })).files;
  }

  /** Whether both surely give the same rows: their plans are equal but for names. Asks the server. PySpark: `sameSemantics`. */
  async sameSemantics(other: DataFrame<unknown>): Promise<boolean> {
    if (!(other instanceof Frame) || other.runner !== this.runner)
      throw new SparkError('usage', 'Only frames of one session can be compared.');
    const plans = { targetPlan: queryPlan(this.relation), otherPlan: queryPlan(other.relation) };
    return (await this.runner.ask('sameSemantics', plans)).result;
  }

  /** A number that is the same for plans that are equal but for names. Asks the server. PySpark: `semanticHash`. */
  async semanticHash(): Promise<number> {
    return (await this.runner.ask('semanticHash', { plan: queryPlan(this.relation) })).result;
  }

  /** Where the server keeps the rows: all false where it does not. PySpark: `storageLevel`. */
  async storageLevel(): Promise<StorageFlags> {
    return storageFlags((await this.runner.ask('getStorageLevel', { relation: this.relation })).storageLevel);
  }
}
