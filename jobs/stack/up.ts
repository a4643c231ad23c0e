/** `npm run up`: the whole stack on this machine, from nothing: secrets, images, services, buckets and topic. */
import { failureSummary } from 'cli/summary';
import { textTable } from 'cli/table';
import { toLakeError } from 'lake';
import { makeContents } from './contents.ts';
import { assertDocker, bringImages, bringPlugins } from './images.ts';
import { compose, openStack, removeUnwantedCluster, type Stack } from './stack.ts';

const HELP = `npm run up [-- --no-build | --no-start]
    builds the images, starts the stack of docker-compose.yml, makes buckets and topic, waits until all is healthy

  --no-build   take the images that are there (RECIPE_ETL_…_IMAGE name others)
  --no-start   build the images and end
`;
const OPTIONS = new Set(['--no-build', '--no-start']);
/** Services that end by themselves are no reason to wait. */
const WAIT_SECONDS = '300';

const startedAt = performance.now();
const say = (text: string): void =>
  void process.stderr.write(`up: ${((performance.now() - startedAt) / 1000).toFixed(0).padStart(3)} s  ${text}\n`);
const words = process.argv.slice(2);
if (words.includes('--help')) process.stdout.write(HELP);
else process.exitCode = await up(words);

async function up(argv: readonly string[]): Promise<number> {
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  try {
    const unknown = argv.find((word) => !OPTIONS.has(word));
    if (unknown !== undefined) {
      process.stderr.write(`error: ${unknown} is unknown; see npm run up -- --help\n`);
      return 2;
    }
    await assertDocker(process.env);
    await bringPlugins(process.env, say);
    if (!argv.includes('--no-build')) await bringImages(process.env, say);
    if (argv.includes('--no-start')) return 0;
    const stack = openStack(process.env);
    say('starting the services');
    await removeUnwantedCluster(stack);
    await compose(stack, 'up', '--detach', '--wait', '--wait-timeout', WAIT_SECONDS, '--remove-orphans');
    for (const made of await makeContents(stack, stopped.signal)) say(`made ${made}`);
    await compose(stack, 'exec', '-T', 'airflow-scheduler', 'alert', 'channels');
    say('all is healthy');
    process.stdout.write(welcome(stack));
    return 0;
  } catch (thrown) {
    const error = toLakeError(thrown);
    process.stderr.write(failureSummary(error));
    return error.exitCode;
  }
}

/** The one place where a secret is shown: to the person who made it, on their own terminal. */
function welcome({ settings, secrets, secretsFile }: Stack): string {
  const rows = [
    ['Airflow', `http://127.0.0.1:${settings.AIRFLOW_PORT}`, `admin / ${secrets['AIRFLOW_ADMIN_PASSWORD'] ?? ''}`],
    ['Spark UI', `http://127.0.0.1:${settings.SPARK_UI_PORT}`, `admin / ${secrets['SPARK_UI_PASSWORD'] ?? ''}`],
    ['S3', `http://127.0.0.1:${settings.S3_PORT}`, `keys in ${secretsFile}`],
    ['Kafka', `127.0.0.1:${settings.KAFKA_PORT}`, `topic ${settings.KAFKA_TOPIC}`],
    ['Spark Connect', `127.0.0.1:${settings.SPARK_PORT}`, `token in ${secretsFile}`],
  ];
  return `\n${textTable(rows)}
  events of a day   KAFKA_BROKER=127.0.0.1:${settings.KAFKA_PORT} npm run produce -- --date 2019-11-29 --input jobs/dataload/sample/2019/11/29
  run that day      npm run trigger -- 2019-11-29
  stop              npm run down
`;
}
