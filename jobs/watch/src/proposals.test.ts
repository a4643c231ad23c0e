import { describe, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { type ProposalPlace, type Rerun, rerunCommand } from './proposals.ts';

const [FIRST, LAST] = [parseLogicalDate('2019-11-28'), parseLogicalDate('2019-11-29')];
const DAYS: Rerun = { first: FIRST, last: LAST, source: 'kafka', refetch: false, what: 'day' };
const DAY: Rerun = { ...DAYS, first: LAST };
const AIRFLOW = 'docker compose exec airflow-scheduler airflow';

describe('from a shell', () => {
  const place: ProposalPlace = { whereFlags: ' --env prod', scheduler: undefined, hasKafka: true };
  test.each<[string, Rerun, string]>([
    ['files', { ...DAYS, source: 'files' }, ''],
    ['Kafka', DAYS, ' --source kafka'],
    ['more in Kafka', { ...DAYS, refetch: true }, ' --source kafka --refetch'],
    ['a report', { ...DAYS, what: 'missing report' }, ' --job prepare'],
    ['a report of an earlier table', { ...DAYS, what: 'stale report' }, ' --job prepare'],
  ])('days of %s are run by backfill', (_, rerun, flags) => {
    const command = `npm run lake -- backfill --from 2019-11-28 --to 2019-11-29${flags} --env prod`;
    expect(rerunCommand(rerun, place)).toBe(command);
  });
});

describe('where Airflow runs the days', () => {
  const place: ProposalPlace = { whereFlags: ' --env dev', scheduler: 'airflow', hasKafka: true };
  const range = '--dag-id recipe_etl --from-date 2019-11-28 --to-date 2019-11-29 --reprocess-behavior completed';
  const prepare = "tasks clear recipe_etl --task-regex '^prepare$' --start-date 2019-11-28 --end-date 2019-11-29 --yes";
  test.each<[string, Rerun, string]>([
    ['a day is triggered', DAY, 'npm run trigger -- 2019-11-29'],
    ['with what came later', { ...DAY, refetch: true }, 'npm run trigger -- 2019-11-29 --refetch'],
    ['so is a day whose report is missing', { ...DAY, what: 'missing report' }, 'npm run trigger -- 2019-11-29'],
    ['days are back-filled', DAYS, `${AIRFLOW} backfill create ${range}`],
    [
      'with what came later, too',
      { ...DAYS, refetch: true },
      `${AIRFLOW} backfill create ${range} --dag-run-conf '{"refetch": true}'`,
    ],
    [
      'a report of an earlier table is made by clearing prepare',
      { ...DAYS, what: 'stale report' },
      `${AIRFLOW} ${prepare}`,
    ],
  ])('%s', (_, rerun, command) => {
    expect(rerunCommand(rerun, place)).toBe(command);
  });
});
