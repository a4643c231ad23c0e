/** dataload: the raw events of one day become one validated, typed, de-duplicated partition; what breaks a rule goes to quarantine. */
import { audit } from 'lake';
import { assertSparkSees, type JobResult, openDay, type Run, schemasFile, sessionFor, writersOf } from 'runtime';
import type { Column, SparkSession } from 'spark-connect';
import { auditFindings } from './audit-findings.ts';
import { changesSince, changesText } from './changes.ts';
import { plansOf } from './plan/plan.ts';
import { loadSchemas } from './rules/schemas.ts';
import { sourceOf } from './sources/index.ts';
import { sizeOf } from './sources/source.ts';
import { stageDay } from './stage.ts';

/** @throws LakeError as the exit codes of the command line say */
export async function dataload(run: Run, spark: SparkSession): Promise<JobResult> {
  const { args, lake, layout } = run;
  const { logicalDate: date } = args;
  const schemas = loadSchemas(schemasFile());
  const source = await sourceOf(args.source);

  // What is published now, what goes in: both are remembered before anything is read.
  const day = await openDay(run, { dataset: layout.table, target: lake, dataKey: layout.tableObject(date) });
  await assertSparkSees(spark, lake, day.staging, (from, to) => spark.read.text([from]).write.format('text').save(to));
  const frozen = await source.freeze(run, spark, day);
  run.used(frozen.readFrom);
  day.lap('freezeMs');

  run.progress(`dataload ${date.iso}: judging and staging`, sizeOf(frozen));
  await using session = await sessionFor(spark, run.config, frozen.bytes);
  const linesWithOrigin = (isWanted: Column) => source.linesWithOrigin(session.spark, frozen, isWanted);
  const writers = writersOf(run.config, frozen.bytes);
  const plans = plansOf(source.lines(session.spark, frozen), linesWithOrigin, schemas, writers);
  const stagedDay = await stageDay(run, plans, day.staging, () => source.assertUnchanged(run, frozen));
  const { staged, quarantine, accounting, broken, ...unknown } = stagedDay;
  run.used({ rows: accounting.read, ...frozen.readFrom });
  day.lap('stageMs');

  const findings = await auditFindings(run, day.current, frozen, stagedDay);
  const verdict = audit(staged, findings);
  const counts = { ...accounting, reasons: broken.error, warnings: broken.warn, ...unknown };
  const loaded = { input: frozen.input, counts: { ...accounting }, reasons: broken.error };
  const changes = changesSince(day.current.manifest, loaded);
  if (changes !== undefined) run.log.info(changesText(changes));
  if (args.dryRun) {
    await day.discard();
    return { outcome: 'dry-run', counts, findings };
  }

  run.progress(`dataload ${date.iso}: publishing`);
  const { input, fingerprint: inputFingerprint } = frozen;
  const { table: columns } = schemas;
  const content = { verdict, quarantine, columns, input, inputFingerprint, rules: schemas, counts, changes, findings };
  const { outcome, ...published } = await day.publish(content);
  return { outcome, counts, findings, table: day.url, ...published };
}
