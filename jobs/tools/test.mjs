// `npm test [-- unit|integration|golden|images|e2e] [paths | jest options]`: jest on the sources. Plain `npm test` proves every
// promise once, at the smallest size that can fail; `npm run test:long` runs the same tests at a large size, and the few
// that take minutes at any size. Neither needs Docker.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellLeftOut } from './left-out.mjs';

const SUITES = {
  unit: ['--selectProjects', 'unit'],
  integration: ['--selectProjects', 'integration'],
  golden: ['--testPathPatterns', 'golden'],
  long: ['--selectProjects', 'integration', 'long'],
  images: ['--selectProjects', 'images'],
  // One stack, which the tests break on purpose: one after the other.
  e2e: ['--selectProjects', 'e2e', '--runInBand'],
};
const [first, ...words] = process.argv.slice(2);
// jest would take a path after a suite for the name of another project, and run the whole suite.
const rest = words.length > 0 && !words[0].startsWith('-') ? ['--testPathPatterns', ...words] : words;
// Last, since the option takes all words that follow it.
const args =
  first !== undefined && first in SUITES
    ? [...SUITES[first], ...rest]
    : [...process.argv.slice(2), '--ignoreProjects', 'long', 'images', 'e2e'];

// The other suites need neither an S3 server nor Python, or bring their own.
const needsServers = first === undefined || !['unit', 'golden', 'images', 'e2e'].includes(first);
const leftOut = needsServers ? tellLeftOut((text) => process.stderr.write(`npm test: ${text}\n`)) : [];
if (leftOut.length > 0 && process.env.CI) {
  process.stderr.write('npm test: nothing may be left out where CI is set\n');
  process.exit(1);
}
for (const name of leftOut) process.env[name] = 'yes';

const jarsFile = join('.cache', 'spark-jars');
const result = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    // jest still calls its support of ES modules experimental.
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    TEST_SIZE: first === 'long' ? 'long' : '',
    // Hundreds of processes of ours load the same modules.
    NODE_COMPILE_CACHE: join(process.cwd(), '.cache', 'compiled'),
    SPARK_JARS: process.env.SPARK_JARS ?? (existsSync(jarsFile) ? readFileSync(jarsFile, 'utf8') : ''),
    // Java that lives for seconds loses more by its second compiler than it wins.
    JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1',
    // A developer's own settings must not reach the tests.
    SPARK_REMOTE: '',
    RECIPE_ETL_ENV: '',
    KAFKA_BROKER: '',
    // The tests end their own containers; the watcher that testcontainers would start is an image that not every place has.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  },
});
process.exitCode = result.status ?? 1;
