/** `npm run smoke`: sends a sample day to the running stack, has Airflow run it twice, looks at both reports, and tidies up. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureSummary } from 'cli/summary';
import { LakeError, parseLogicalDate, toLakeError } from 'lake';
import { readLayout, schemasFile } from 'runtime';
import { storeClient, textOf } from './contents.ts';
import { removeDay } from './remove-day.ts';
import { openStack, type Stack } from './stack.ts';

const SAMPLE = join('jobs', 'dataload', 'sample');
/** Long before any day of the stack, so that no other run reads its events. */
const SMOKE_DAY = '2000-01-01';
/** The sample's own day. */
const SAMPLE_DAY = '2019-11-29';

const HELP = `npm run smoke
    sends a sample day to the running stack as ${SMOKE_DAY}, has Airflow run it twice, and compares both reports with the
    right one; then removes the day from the lake, the reports and Airflow. Its events stay in the topic, where no other
    day reads them. Ends with exit code 0 where both reports are right
`;

const words = process.argv.slice(2);
if (words.includes('--help')) process.stdout.write(HELP);
else process.exitCode = await smoke(words);

async function smoke(argv: readonly string[]): Promise<number> {
  try {
    const [unknown] = argv;
    if (unknown !== undefined) {
      process.stderr.write(`error: ${unknown} is unknown; see npm run smoke -- --help\n`);
      return 2;
    }
    const stack = openStack(process.env);
    // What a smoke test that failed has left.
    await removeDay(stack, SMOKE_DAY);
    await runTwice(stack);
    await removeDay(stack, SMOKE_DAY);
    return 0;
  } catch (thrown) {
    const error = toLakeError(thrown);
    process.stderr.write(failureSummary(error));
    return error.exitCode;
  }
}

async function runTwice(stack: Stack): Promise<void> {
  const variables = {
    KAFKA_BROKER: `127.0.0.1:${stack.settings.KAFKA_PORT}`,
    KAFKA_TOPIC: stack.settings.KAFKA_TOPIC,
  };
  const input = join(SAMPLE, ...SAMPLE_DAY.split('-'));
  run(process.execPath, ['jobs/cli/src/produce/produce.ts', '--date', SMOKE_DAY, '--input', input], variables);
  const expected = readFileSync(join(SAMPLE, 'expected', `${SAMPLE_DAY}.csv`), 'utf8');
  for (const which of ['first', 'second']) {
    run('bash', ['docker/trigger.sh', SMOKE_DAY], {});
    const report = await reportOf(stack);
    if (report !== expected)
      throw new LakeError(
        'unexpected',
        `the ${which} run's report of ${SMOKE_DAY} is wrong:\n${report}\nand not\n${expected}`,
      );
    process.stdout.write(`the ${which} run's report is right\n`);
  }
}

/** @throws LakeError where the command does not end with 0; it has said why */
function run(command: string, args: readonly string[], variables: Readonly<Record<string, string>>): void {
  try {
    execFileSync(command, [...args], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 2, 2],
    });
  } catch (cause) {
    throw new LakeError('unexpected', `${command} ${args.join(' ')} failed: see above`, { cause });
  }
}

async function reportOf(stack: Stack): Promise<string | undefined> {
  const client = storeClient(stack);
  try {
    return await textOf(
      client,
      stack.settings.RECIPE_ETL_OUTPUT,
      readLayout(schemasFile()).report('beef_cooking_time', parseLogicalDate(SMOKE_DAY)),
    );
  } finally {
    client.destroy();
  }
}
