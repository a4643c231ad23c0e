/** `npm run down`: stops the stack; `-- --volumes` forgets what it kept, its secrets among it. */
import { rmSync } from 'node:fs';
import { failureSummary } from 'cli/summary';
import { toLakeError } from 'lake';
import { assertDocker } from './images.ts';
import { removeJobContainers } from './job-containers.ts';
import { compose, openStack } from './stack.ts';

const HELP = `npm run down [-- --volumes]
    stops the stack and the jobs that it runs; what it kept stays for the next npm run up

  --volumes   forget everything: lake, reports, events, Airflow's history, and the secrets in .env
`;

const words = process.argv.slice(2);
if (words.includes('--help')) process.stdout.write(HELP);
else process.exitCode = await down(words);

async function down(argv: readonly string[]): Promise<number> {
  try {
    const unknown = argv.find((word) => word !== '--volumes');
    if (unknown !== undefined) {
      process.stderr.write(`error: ${unknown} is unknown; see npm run down -- --help\n`);
      return 2;
    }
    await assertDocker(process.env);
    const stack = openStack(process.env);
    const forgets = argv.includes('--volumes');
    // Nothing may start another job, and the network can go only when nobody is on it.
    await compose(stack, 'stop', 'airflow-scheduler');
    await removeJobContainers(stack);
    // Whatever profile is on. With their containers go the folders that nobody named, where Spark shuffled.
    await compose(stack, '--profile', '*', 'rm', '--stop', '--force', '--volumes');
    await compose(stack, '--profile', '*', 'down', '--remove-orphans', ...(forgets ? ['--volumes'] : []));
    // They belong to a database and a store that are gone.
    if (forgets) rmSync(stack.secretsFile, { force: true });
    return 0;
  } catch (thrown) {
    const error = toLakeError(thrown);
    process.stderr.write(failureSummary(error));
    return error.exitCode;
  }
}
