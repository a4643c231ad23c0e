// `npm test [-- unit|integration|golden|long|images|e2e] [jest options]`: jest on the sources. Plain `npm test` runs what needs
// no Docker and no hours.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SUITES = {
  unit: ['--selectProjects', 'unit'],
  integration: ['--selectProjects', 'integration'],
  golden: ['--testPathPatterns', 'golden'],
  long: ['--selectProjects', 'long'],
  images: ['--selectProjects', 'images'],
  e2e: ['--selectProjects', 'e2e'],
};
const [first, ...rest] = process.argv.slice(2);
// Last, since the option takes all words that follow it.
const args =
  first !== undefined && first in SUITES
    ? [...SUITES[first], ...rest]
    : [...process.argv.slice(2), '--ignoreProjects', 'long', 'images', 'e2e'];

const jarsFile = join('.cache', 'spark-jars');
const result = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    // jest still calls its support of ES modules experimental.
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    SPARK_JARS: process.env.SPARK_JARS ?? (existsSync(jarsFile) ? readFileSync(jarsFile, 'utf8') : ''),
    // A developer's own settings must not reach the tests.
    SPARK_REMOTE: '',
    RECIPE_ETL_ENV: '',
    KAFKA_BROKER: '',
    // The tests end their own containers; the watcher that testcontainers would start is an image that not every place has.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  },
});
process.exitCode = result.status ?? 1;
