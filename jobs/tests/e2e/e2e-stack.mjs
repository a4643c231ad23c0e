/** One stack of its own for all end-to-end tests, as `npm run up` makes it, with all their events in its topic: jest's globalSetup. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHORT_LIVED } from '../images/image-docker.ts';
import { produceDays } from './days.ts';
import { freePort } from 'lake/testing/watched-process';
import { runScript } from './scripts.ts';
import stop from './e2e-stack-stop.mjs';

const PORTS = ['AIRFLOW_PORT', 'KAFKA_PORT', 'S3_PORT', 'SPARK_PORT', 'SPARK_UI_PORT'];

export default async function start() {
  const name = `recipe-etl-e2e-${randomBytes(3).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const ports = await Promise.all(PORTS.map(async (port) => [port, String(await freePort())]));
  const variables = {
    ...Object.fromEntries(ports),
    COMPOSE_PROJECT_NAME: name,
    RECIPE_ETL_NETWORK: name,
    RECIPE_ETL_SECRETS: join(folder, 'secrets.env'),
    // Every outage here is a short one; a Spark that was killed still has to be back before the last retry.
    RECIPE_ETL_RETRY_SECONDS: '15',
    RECIPE_ETL_DEAD_SCHEDULER_SECONDS: '15',
    SPARK_JAVA_OPTIONS: SHORT_LIVED.JAVA_TOOL_OPTIONS,
  };
  process.env.TEST_STACK = JSON.stringify({ variables, folder });
  const started = performance.now();
  try {
    await runScript('jobs/stack/up.ts', [], variables);
    process.stderr.write(`the stack was up after ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
    await produceDays(folder, variables);
  } catch (error) {
    // jest tears down only what was set up.
    await stop();
    throw error;
  }
}
