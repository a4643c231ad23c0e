/** Judged lines to the lines of the quarantine object: raw text, all reasons, where it came from. */
import { type DataFrame, functions as F } from 'spark-connect';
import { isQuarantined, reasons } from './judge.ts';
import { parsed } from './parse.ts';
import type { Rule } from '../rules/rule.ts';

/**
 * @param judged judged lines whose `event` says where each line came from
 * @returns one row a quarantined line in the order of the input: raw or raw_base64, reasons, event. JSON leaves nulls out.
 */
export function quarantineOf(judged: DataFrame, rules: readonly Rule[]): DataFrame {
  const raw = F.col('value');
  return judged
    .filter(isQuarantined)
    .select(
      F.when(parsed.isUtf8, raw).as('raw'),
      F.when(parsed.isUtf8.not(), F.base64(raw.cast('binary'))).as('raw_base64'),
      reasons(rules).as('reasons'),
      F.col('origin').as('event'),
      F.col('position'),
    )
    .repartition(1)
    .sortWithinPartitions(F.col('position'))
    .drop('position');
}
