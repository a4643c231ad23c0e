/** The Spark plans of the job, from raw lines to what is written. */
import { type Column, type DataFrame, type DataFrameWriter, functions as F, Observation } from 'spark-connect';
import { keepLast } from './keep-last.ts';
import { isAccepted, judge, judgementMetrics } from './judge.ts';
import { parse, parsed } from './parse.ts';
import { quarantineOf } from './quarantine.ts';
import { unknownFields } from '../rules/json-schema.ts';
import { rulesOf } from '../rules/rules.ts';
import type { Rule } from '../rules/rule.ts';
import type { Schemas } from '../rules/schemas.ts';
import { mayBeSuspect, suspectsIn } from './suspects.ts';
import { selectTable, tableColumn, withTableColumns } from './table.ts';
import { conversionsOfRules, conversionsOfTable, convert, converted } from './convert.ts';

/** Column of the table that names a recipe. */
const IDENTITY = 'url';
/** Of what is written, compressed: some 250,000 recipes, so that all cores share the reading of a large day. */
const ROW_GROUP_BYTES = 8 * 1024 * 1024;
/** More names than this in one day are no drift of the schema but a broken producer. */
const MAX_UNKNOWN_NAMES = 100;

export interface Plans {
  readonly rules: readonly Rule[];
  /** How many objects the day is written as, at most. */
  readonly writers: number;
  /** The day as it is written: sorted, or as many sorted parts as there are writers. Observes {@link Plans.judgement} and {@link Plans.publication}. */
  readonly day: DataFrameWriter;
  readonly judgement: Observation;
  readonly publication: Observation;
  /** The judgement by a query of its own, for when its observation did not arrive. */
  readonly recount: DataFrame;
  /** @param judged as {@link Plans.judgement} observed it */
  further(judged: Readonly<Record<string, unknown>>): FurtherPlans;
}

/** Passes over the lines that the first found broken or odd. */
export interface FurtherPlans {
  /** What goes to quarantine, with its place in the input. Observes {@link FurtherPlans.quarantined}. */
  readonly quarantine: DataFrameWriter;
  readonly quarantined: Observation;
  /** The count of it by a query of its own. */
  readonly recount: DataFrame;
  /** Names of unknown fields of accepted events, how many events have them, and where the first lies: `field`, `events`, `first`. */
  readonly unknownFields: DataFrame;
}

/**
 * @param writers tasks that write the day side by side, and maps of suspects: both grow with the day; the same rows of a day always go to the same one of as many
 * @param lines `value`, `event`, `position` of every raw line of the day
 * @param linesWithOrigin those of them for which a condition holds, with `origin`
 */
export function plansOf(
  lines: DataFrame,
  linesWithOrigin: (isWanted: Column) => DataFrame,
  schemas: Schemas,
  writers = 1,
): Plans {
  const fields = Object.keys(schemas.input.properties);
  const rules = rulesOf(schemas, parsed, converted);
  const judgement = new Observation('judgement');
  const publication = new Observation('publication');
  const wanted = [...conversionsOfRules(schemas.rules), ...conversionsOfTable(schemas)];
  const judged = judge(convert(parse(lines, fields), wanted), rules);

  // The observation also keeps the filter above it: pushed down, it would judge every line twice.
  const accepted = judged.observe(judgement, judgementMetrics(rules, writers)).filter(isAccepted);
  // One writer makes one object. Gathering before the de-duplication sorts the day once: by url, then position; sorted by
  // a unique key it has the same bytes however the input was split. Events of one recipe all go to one writer.
  const typed = withTableColumns(accepted, schemas);
  const identity = tableColumn(IDENTITY);
  const gathered = writers === 1 ? typed.repartition(1) : typed.repartition(writers, F.col(identity));
  const newest = keepLast(gathered, identity, F.col('position'), publication);
  const day = selectTable(newest, schemas).sortWithinPartitions(F.col(IDENTITY));
  return {
    rules,
    writers,
    day: day.write
      .format('parquet')
      .mode('errorifexists')
      .options({ compression: 'zstd', 'parquet.block.size': ROW_GROUP_BYTES }),
    judgement,
    publication,
    recount: judged.agg(judgementMetrics(rules, writers)),
    further: (judged) => {
      const isWanted = mayBeSuspect(F.col('value'), suspectsIn(judged, writers), writers);
      return furtherPlans(linesWithOrigin(isWanted), schemas, rules);
    },
  };
}

/** They ask for errors only, and for nothing of the table. */
function furtherPlans(lines: DataFrame, schemas: Schemas, rules: readonly Rule[]): FurtherPlans {
  const quarantined = new Observation('quarantined');
  const isError = ({ severity }: Pick<Rule, 'severity'>): boolean => severity === 'error';
  const errors = rules.filter(isError);
  const wanted = conversionsOfRules(schemas.rules.filter(isError));
  const located = judge(convert(parse(lines, Object.keys(schemas.input.properties)), wanted), errors);
  const broken = quarantineOf(located, errors);
  const rows = { rows: F.count(F.lit(1)) };
  return {
    quarantine: broken.observe(quarantined, rows).write.format('json').mode('errorifexists'),
    quarantined,
    recount: broken.agg(rows),
    unknownFields: located
      .filter(isAccepted)
      .select(F.explode(unknownFields(schemas.input, parsed)).as('field'), F.col('origin'), F.col('position'))
      .groupBy(F.col('field'))
      .agg({ events: F.count(F.lit(1)), first: F.toJson(F.minBy(F.col('origin'), F.col('position'))) })
      .orderBy(F.col('events').desc(), F.col('field').asc())
      .limit(MAX_UNKNOWN_NAMES),
  };
}
