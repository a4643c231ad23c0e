/** `npm run smoke`: sends a sample day to the running stack, has Airflow run it twice, and looks at both reports. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureSummary } from 'cli/summary';
import { LakeError, parseLogicalDate, toLakeError } from 'lake';
import { readLayout, schemasFile } from 'runtime';
import { storeClient, textOf } from './contents.ts';
import { openStack, type Stack } from './stack.ts';

const SAMPLE = join('jobs', 'dataload', 'sample');
const DAY = '2019-11-29';

try {
  await smoke(openStack(process.env));
} catch (thrown) {
  const error = toLakeError(thrown);
  process.stderr.write(failureSummary(error));
  process.exitCode = error.exitCode;
}

async function smoke(stack: Stack): Promise<void> {
  const variables = {
    KAFKA_BROKER: `127.0.0.1:${stack.settings.KAFKA_PORT}`,
    KAFKA_TOPIC: stack.settings.KAFKA_TOPIC,
  };
  const input = join(SAMPLE, ...DAY.split('-'));
  run(process.execPath, ['jobs/cli/src/produce/produce.ts', '--date', DAY, '--input', input], variables);
  const expected = readFileSync(join(SAMPLE, 'expected', `${DAY}.csv`), 'utf8');
  for (const which of ['first', 'second']) {
    run('bash', ['docker/trigger.sh', DAY], {});
    const report = await reportOf(stack);
    if (report !== expected)
      throw new LakeError(
        'unexpected',
        `the ${which} run's report of ${DAY} is wrong:\n${report}\nand not\n${expected}`,
      );
    process.stdout.write(`the ${which} run's report is right\n`);
  }
}

/** @throws LakeError where the command does not end with 0; it has said why */
function run(command: string, words: readonly string[], variables: Readonly<Record<string, string>>): void {
  try {
    execFileSync(command, [...words], {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 2, 2],
    });
  } catch (cause) {
    throw new LakeError('unexpected', `${command} ${words.join(' ')} failed: see above`, { cause });
  }
}

async function reportOf(stack: Stack): Promise<string | undefined> {
  const client = storeClient(stack);
  try {
    return await textOf(
      client,
      stack.settings.RECIPE_ETL_OUTPUT,
      readLayout(schemasFile()).report('beef_cooking_time', parseLogicalDate(DAY)),
    );
  } finally {
    client.destroy();
  }
}
