/** Has Spark compute the totals from exactly one version of the table. */
import { type Finding, LakeError } from 'lake';
import { bytesOfEvents, type DatasetUse, type Run, sessionFor } from 'runtime';
import type { SparkSession } from 'spark-connect';
import { readPublishedTable, isSameTable, type PublishedTable } from './published-table.ts';
import type { LevelTotals } from './reports/cooking-time.ts';
import { planOf } from './reports/plan.ts';
import type { Report } from './reports/report.ts';

const MAX_ATTEMPTS = 5;

export interface ComputedTotals {
  readonly table: PublishedTable;
  readonly totals: readonly LevelTotals[];
  /** All recipes of the partition; undefined where Spark did not say. */
  readonly recipesRead: number | undefined;
}

/** Starts over when the partition changed under the query. @throws LakeError input-changed after five times */
export async function readConsistently(run: Run, spark: SparkSession, report: Report): Promise<ComputedTotals> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const table = await readPublishedTable(run);
    await using session = await sessionFor(spark, run.config, bytesOfEvents(table.rows ?? Infinity));
    const plan = planOf(session.spark, table.url, report);
    const totals = await plan.totals.collect<LevelTotals>();
    if (isSameTable(table, await readPublishedTable(run))) {
      const rows = plan.recipes.values?.['rows'];
      const recipesRead = rows === undefined ? undefined : Number(rows);
      run.used(tableUse(run, table, recipesRead));
      return { table, totals, recipesRead };
    }
    run.log.warn(`the partition changed while it was read; starting over (${attempt} of ${MAX_ATTEMPTS})`);
  }
  const date = run.args.logicalDate.iso;
  throw new LakeError(
    'input-changed',
    `the partition of ${date} changed ${MAX_ATTEMPTS} times while it was read; run prepare again`,
  );
}

function tableUse({ lake, layout }: Run, { url: part }: PublishedTable, rows: number | undefined): DatasetUse {
  return { use: 'read', dataset: lake.url(layout.table), part, ...(rows !== undefined && { rows }) };
}

/** @returns an error where Spark read other rows than the partition's manifest counts */
export function rowFindings({ recipesRead, table }: ComputedTotals): Finding[] {
  if (recipesRead === undefined || table.rows === null || recipesRead === table.rows) return [];
  const message = `${recipesRead} recipes were read, but the manifest of the partition counts ${table.rows}`;
  return [{ severity: 'error', code: 'rows_differ', message }];
}
