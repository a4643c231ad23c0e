/** Neither key of a bucket is in anything that can be read: outputs of good and failed runs, objects, plans, Spark's UI. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseLogicalDate } from 'lake';
import { connectOptions, loadConfig } from 'runtime';
import { functions as F, SparkSession } from 'spark-connect';
import { layout } from '../../lakes/layout.ts';
import { TEST_SPARK_LOG } from '../../lakes/in-process.ts';
import { DATE } from '../../lakes/process-lake.ts';
import { type Ended, runScript } from '../../processes.ts';
import { type S3Lake, s3Lake } from '../../lakes/s3-lake.ts';
import { smallDay } from '../../events/small-day.ts';
import { sparkUi } from '../../servers/spark-ui.ts';

const BROKEN = { name: 'broken.json', bytes: Buffer.from('{"url":\n'.repeat(3)) };
const MANY_BROKEN = { name: 'broken.json', bytes: Buffer.from('{"url":\n'.repeat(30)) };
const NO_GZIP = { name: 'recipes.json.gz', bytes: Buffer.from('this is no gzip') };
let s3: S3Lake;
let home: string;
/** What was read, by where it stood. */
const readable = new Map<string, string>();

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'recipe-etl-home-'));
  for (const name of ['configs', 'schema']) await cp(name, join(home, name), { recursive: true });
  const logging = join(home, 'configs/local/logging_config.yml');
  await writeFile(logging, (await readFile(logging, 'utf8')).replace('level: info', 'level: debug'));
  s3 = await s3Lake();
});
afterAll(async () => {
  await s3?.[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

function note(name: string, ended: Ended): Ended {
  readable.set(`stdout of ${name}`, ended.stdout).set(`stderr of ${name}`, ended.stderr);
  return ended;
}

const run = async (name: string, job: 'dataload' | 'prepare', variables = {}): Promise<Ended> =>
  note(name, await s3.run(job, { RECIPE_ETL_HOME: home, ...variables }));

test('runs end in all the ways that say much', async () => {
  await s3.land([smallDay('first'), BROKEN]);
  expect((await run('dataload', 'dataload')).exitCode).toBe(0);
  expect((await run('prepare', 'prepare')).exitCode).toBe(0);
  await s3.land([smallDay('second'), MANY_BROKEN]);
  expect((await run('a rejected dataload', 'dataload')).exitCode).toBe(4);
  await s3.land([NO_GZIP]);
  expect((await run('a dataload of an unreadable file', 'dataload')).exitCode).toBe(2);
  const wrong = { AWS_SECRET_ACCESS_KEY: `${s3.gateway.secretAccessKey}x` };
  expect((await run('a dataload with a wrong secret', 'dataload', wrong)).exitCode).toBe(2);
  const dead = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  expect((await run('a prepare without a store', 'prepare', dead)).exitCode).toBe(6);
  const words = ['status', '--from', DATE, '--to', DATE];
  const status = await runScript('jobs/cli/src/lake/lake.ts', words, { ...s3.variables, RECIPE_ETL_HOME: home });
  expect(note('lake status', status).stdout).toContain(DATE);
});

test("Spark tells its plans, its configuration and its users' interface", async () => {
  const config = loadConfig('local', 'configs', s3.variables);
  const { signal } = new AbortController();
  await using spark = await SparkSession.connect(connectOptions({ config, job: 'dataload', signal }));
  const frame = spark.read.parquet(s3.lake.url(layout.tableObject(parseLogicalDate(DATE))));
  expect(await frame.count()).toBe(40n);
  readable.set('the plan', await frame.select(F.col('url')).explain('extended'));
  for (const statement of ['SET -v', 'SET', 'SET fs.s3a.secret.key', 'SET spark.hadoop.fs.s3a.secret.key'])
    readable.set(statement, JSON.stringify(await spark.sql(statement).collect()));
  const failure: unknown = await spark.read
    .parquet('s3a://nowhere/k')
    .count()
    .catch((error: unknown) => error);
  readable.set('an error of Spark', `${String(failure)}\n${JSON.stringify(failure)}`);

  for (const [page, text] of await sparkUi()) readable.set(page, text);
  // Spark has them where it shows them: it was started with them.
  expect(readable.get("the UI's environment")).toContain('fs.s3a.secret.key');
  expect(readable.get("the UI's executions")).toContain('s3a://events-');
});

test('and the keys are in none of it', async () => {
  readable.set("the server's log", await readFile(TEST_SPARK_LOG, 'latin1'));
  for (const store of [s3.lake, s3.output]) {
    for (const { key } of await store.list('')) {
      const name = store.url(key);
      readable.set(name, Buffer.from((await store.get(key)) ?? '').toString('latin1'));
    }
  }
  const names = [...readable.keys()];
  for (const kind of ['/quarantine/', '.rejected.json', '/manifests/prepare/', 'recipes.parquet'])
    expect(names.filter((name) => name.includes(kind))).not.toEqual([]);
  const { secretAccessKey, accessKeyId } = s3.gateway;
  const withKey = (key: string): string[] => names.filter((name) => readable.get(name)?.includes(key));
  expect({ secret: withKey(secretAccessKey), key: withKey(accessKeyId) }).toEqual({ secret: [], key: [] });
});
