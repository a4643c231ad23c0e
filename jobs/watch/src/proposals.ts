/** The command that runs days again: from this shell, or by Airflow where that runs the days of the lake. */
import type { LogicalDate } from 'lake';

/** Where a proposed command is to run. */
export interface ProposalPlace {
  /** As they were given to the command, so that the proposed one means the same lake. */
  readonly whereFlags: string;
  readonly scheduler: Scheduler | undefined;
  /** Whether brokers are configured: days that nothing landed of come from there. */
  readonly hasKafka: boolean;
}

/** Who runs the days of a lake; undefined for whoever types commands. */
export type Scheduler = 'airflow';
export const SCHEDULERS: readonly Scheduler[] = ['airflow'];

/** @param name as RECIPE_ETL_SCHEDULER has it @returns undefined for one that is not known, or none */
export const schedulerOf = (name: string | undefined): Scheduler | undefined =>
  SCHEDULERS.find((scheduler) => scheduler === name);

/** Flags that mean the same lake wherever a command is typed. */
export const whereFlagsOf = (where: Readonly<Record<'env' | 'lake' | 'output', string | undefined>>): string =>
  Object.entries(where)
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${quoted(value)}`))
    .join('');

/** For a shell, only where it needs it. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

export interface Rerun {
  readonly first: LogicalDate;
  readonly last: LogicalDate;
  readonly source: 'files' | 'kafka';
  /** Take from Kafka what came after the landing. */
  readonly refetch: boolean;
  /** All is to be made again, a report that is missing, or one of an earlier table. */
  readonly what: 'day' | 'missing report' | 'stale report';
}

/** What broke the rules of a day; looked at from any shell that reaches the lake. */
export const quarantineCommand = ({ iso }: LogicalDate, { whereFlags }: ProposalPlace): string =>
  `npm run lake -- quarantine --date ${iso}${whereFlags}`;

export function rerunCommand(rerun: Rerun, place: ProposalPlace): string {
  return place.scheduler === 'airflow' ? airflowCommand(rerun) : shellCommand(rerun, place.whereFlags);
}

function shellCommand({ first, last, source, refetch, what }: Rerun, whereFlags: string): string {
  const range = `--from ${first.iso} --to ${last.iso}`;
  if (what !== 'day') return `npm run lake -- backfill ${range} --job prepare${whereFlags}`;
  const flags = `${source === 'kafka' ? ' --source kafka' : ''}${refetch ? ' --refetch' : ''}`;
  return `npm run lake -- backfill ${range}${flags}${whereFlags}`;
}

const AIRFLOW = 'docker compose exec airflow-scheduler airflow';

/** What Airflow's DAG reads from is its own setting. */
function airflowCommand({ first, last, refetch, what }: Rerun): string {
  // The run that made the table would load it again; a report of a table that restore brought back is of prepare alone.
  if (what === 'stale report')
    return `${AIRFLOW} tasks clear recipe_etl --task-regex '^prepare$' --start-date ${first.iso} --end-date ${last.iso} --yes`;
  if (first.iso === last.iso) return `npm run trigger -- ${first.iso}${refetch ? ' --refetch' : ''}`;
  const range = `--from-date ${first.iso} --to-date ${last.iso} --reprocess-behavior completed`;
  const conf = refetch ? ` --dag-run-conf '{"refetch": true}'` : '';
  return `${AIRFLOW} backfill create --dag-id recipe_etl ${range}${conf}`;
}
