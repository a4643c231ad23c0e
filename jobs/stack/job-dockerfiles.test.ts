import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const DESCRIPTION = /image\.description="[^"]+"/;

/** The pages are of prepare alone, and so are the lake commands, which know both jobs. */
const OF_PREPARE = new Set(['watch', 'dataload', 'cli'].map((room) => `COPY jobs/${room}/src jobs/${room}/src`));

/** A Dockerfile without what is its job's own; each names the package.json of both, for npm. */
const common = (job: string): string[] =>
  readFileSync(`docker/${job}/Dockerfile`, 'utf8')
    .replace(DESCRIPTION, '')
    .split('\n')
    .filter((line) => job !== 'prepare' || !OF_PREPARE.has(line))
    .map((line) => (line.endsWith(`jobs/${job}/`) ? line : line.replaceAll(job, 'JOB')));

test("the Dockerfiles of both jobs differ in the job's name and description only, and in what lies beside prepare", () => {
  expect(common('prepare')).toEqual(common('dataload'));
});

/** From the stage with Java on: equal steps are made once, for all images. */
const javaSteps = (file: string): string => {
  const [, java = '', installed = ''] =
    /(FROM [^\n]+ AS java\n[^]*?)(?=\nFROM )[^]*?(RUN apt-get [^\n]*maven[^\n]*)/.exec(readFileSync(file, 'utf8')) ??
    [];
  return java + installed;
};

test.each(['docker/dataload/Dockerfile', 'docker/prepare/Dockerfile', 'docker/offline/kafka/Dockerfile'])(
  '%s takes over the steps with Java and Maven of the image of Spark',
  (file) => {
    const steps = javaSteps('docker/spark-connect/Dockerfile');
    expect(steps).toContain('openjdk');
    expect(javaSteps(file)).toBe(steps);
  },
);

test.each([
  'docker/spark-connect/Dockerfile',
  'docker/dataload/Dockerfile',
  'docker/prepare/Dockerfile',
  'docker/offline/kafka/Dockerfile',
  'jobs/tools/setup.mjs',
])('%s has Maven refuse a jar that is not what its checksum says', (file) => {
  const calls = readFileSync(file, 'utf8').match(/\bmvn\b['", [\]]+-(?!-version)\S+/g) ?? [];
  expect(calls.map((call) => /-C\b/.test(call))).toEqual(calls.map(() => true));
  expect(calls).not.toEqual([]);
});
