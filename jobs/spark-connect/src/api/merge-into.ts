/** Changes of a table by the rows of a frame: what happens to rows of both, of the frame only, of the table only. */
import { type Column, columnExpression, toExpression } from '../expressions/column.ts';
import type { NamedColumns } from '../expressions/named-columns.ts';
import { SparkError } from '../errors.ts';
import { type MergeClause, mergeInto, type MergeMatch, type MergeParts } from '../plan/merge.ts';
import { commandPlan, type Plan, type PlanMessage } from '../plan/plan.ts';
import type { RunOptions } from './work.ts';
import type { Written } from './writer.ts';

type Add = (clause: Pick<MergeClause, 'action' | 'assignments'>) => MergeIntoWriter;

const NONE = {};

const assigned = (columns: NamedColumns): MergeClause['assignments'] =>
  Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, toExpression(value)]));

/** Immutable: each call gives a new one; nothing happens before `merge`. PySpark: `MergeIntoWriter`. */
export class MergeIntoWriter {
  readonly #written: Written;
  readonly #parts: MergeParts;

  /** Made by a frame, not by callers. */
  constructor(written: Written, parts: MergeParts) {
    this.#written = written;
    this.#parts = parts;
  }

  /** Rows of the table that the frame has too. PySpark: `whenMatched`. @param condition only those */
  whenMatched(condition?: Column): WhenMatched {
    return new WhenMatched(this.#add('matched', condition));
  }

  /** Rows of the frame that the table does not have. PySpark: `whenNotMatched`. @param condition only those */
  whenNotMatched(condition?: Column): WhenNotMatched {
    return new WhenNotMatched(this.#add('notMatched', condition));
  }

  /** Rows of the table that the frame does not have. PySpark: `whenNotMatchedBySource`. @param condition only those */
  whenNotMatchedBySource(condition?: Column): WhenNotMatchedBySource {
    return new WhenNotMatchedBySource(this.#add('notMatchedBySource', condition));
  }

  /** Columns that only the frame has are added to the table. PySpark: `withSchemaEvolution`. */
  withSchemaEvolution(): MergeIntoWriter {
    return new MergeIntoWriter(this.#written, { ...this.#parts, withSchemaEvolution: true });
  }

  /** Carries it out. PySpark: `merge`. @throws SparkError `usage` where nothing was said to happen */
  async merge(options?: RunOptions): Promise<void> {
    if (this.#parts.clauses.length === 0)
      throw new SparkError(
        'usage',
        'mergeInto needs at least one of whenMatched, whenNotMatched, whenNotMatchedBySource.',
      );
    await this.#written.runner.command({ plan: this.#plan(), observations: this.#written.observations }, options);
  }

  /** The plan that `merge` would send, for golden files. Not in PySpark. */
  toPlan(): Plan {
    return this.#plan();
  }

  #plan(): PlanMessage {
    return commandPlan(mergeInto(this.#written.relation, this.#parts));
  }

  #add(match: MergeMatch, condition: Column | undefined): Add {
    const only = condition === undefined ? undefined : columnExpression(condition);
    return (clause) =>
      new MergeIntoWriter(this.#written, {
        ...this.#parts,
        clauses: [...this.#parts.clauses, { match, condition: only, ...clause }],
      });
  }
}

/** What happens to rows of both. PySpark: `MergeIntoWriter.WhenMatched`. */
export class WhenMatched {
  readonly #add: Add;

  /** Made by {@link MergeIntoWriter}, not by callers. */
  constructor(add: Add) {
    this.#add = add;
  }

  /** All columns get the values of the frame. PySpark: `updateAll`. */
  updateAll(): MergeIntoWriter {
    return this.#add({ action: 'updateAll', assignments: NONE });
  }

  /** These columns get these values. PySpark: `update`. */
  update(columns: NamedColumns): MergeIntoWriter {
    return this.#add({ action: 'update', assignments: assigned(columns) });
  }

  /** The rows go. PySpark: `delete`. */
  delete(): MergeIntoWriter {
    return this.#add({ action: 'delete', assignments: NONE });
  }
}

/** What happens to rows of the frame only. PySpark: `MergeIntoWriter.WhenNotMatched`. */
export class WhenNotMatched {
  readonly #add: Add;

  /** Made by {@link MergeIntoWriter}, not by callers. */
  constructor(add: Add) {
    this.#add = add;
  }

  /** They are added, with all columns. PySpark: `insertAll`. */
  insertAll(): MergeIntoWriter {
    return this.#add({ action: 'insertAll', assignments: NONE });
  }

  /** They are added, with these columns. PySpark: `insert`. */
  insert(columns: NamedColumns): MergeIntoWriter {
    return this.#add({ action: 'insert', assignments: assigned(columns) });
  }
}

/** What happens to rows of the table only. PySpark: `MergeIntoWriter.WhenNotMatchedBySource`. */
export class WhenNotMatchedBySource {
  readonly #add: Add;

  /** Made by {@link MergeIntoWriter}, not by callers. */
  constructor(add: Add) {
    this.#add = add;
  }

  /** These columns get these values. PySpark: `update`. */
  update(columns: NamedColumns): MergeIntoWriter {
    return this.#add({ action: 'update', assignments: assigned(columns) });
  }

  /** The rows go. PySpark: `delete`. */
  delete(): MergeIntoWriter {
    return this.#add({ action: 'delete', assignments: NONE });
  }
}
