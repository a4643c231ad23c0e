/** What integration tests share: a lake of their own, the embedded server, and both jobs run in this process. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataload } from 'dataload';
import { openStore } from 'lake';
import { prepare } from 'prepare';
import { type Config, connectOptions, executeJob, loadConfig, openLog, parseArguments, type Summary } from 'runtime';
import { SparkSession } from 'spark-connect';
import type { InputFile } from '../oracles/lines.ts';

export const TEST_REMOTE = process.env['TEST_SPARK_REMOTE'] ?? '';
/** What the Spark of all tests said. */
export const TEST_SPARK_LOG = join('.cache', 'test-spark.log');

export interface TestLake extends AsyncDisposable {
  readonly folder: string;
  readonly lake: string;
  readonly output: string;
  readonly config: Config;
  /** Writes the files as the only input of the next run. @returns the folder */
  land(files: readonly InputFile[]): Promise<string>;
  dataload(date: string, ...flags: string[]): Promise<Summary>;
  prepare(date: string, ...flags: string[]): Promise<Summary>;
}

/** @param change of the local configuration */
export async function testLake(
  spark: SparkSession,
  change: (config: Config) => Config = (config) => config,
): Promise<TestLake> {
  const folder = await mkdtemp(join(tmpdir(), 'recipe-etl-'));
  const [lake, output, input] = [join(folder, 'lake'), join(folder, 'output'), join(folder, 'input')];
  await mkdir(input);
  const variables = { RECIPE_ETL_LAKE: lake, RECIPE_ETL_OUTPUT: output, SPARK_REMOTE: TEST_REMOTE };
  const config = change(loadConfig('local', 'configs', variables));
  const log = openLog({ ...config.logging, level: 'error' });
  const execution = (date: string, flags: string[]) => {
    const args = parseArguments(['--date', date, ...flags], {});
    return { args, config, log, signal: new AbortController().signal, input: openStore(input, config.lake) };
  };
  return {
    folder,
    lake,
    output,
    config,
    async land(files) {
      await rm(input, { recursive: true });
      await mkdir(input);
      for (const file of files) await writeFile(join(input, file.name), file.bytes);
      return input;
    },
    dataload: (date, ...flags) => executeJob('dataload', (run) => dataload(run, spark), execution(date, flags)),
    prepare: (date, ...flags) => executeJob('prepare', (run) => prepare(run, spark), execution(date, flags)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export function testSession(): Promise<SparkSession> {
  const config = loadConfig('local', 'configs', { SPARK_REMOTE: TEST_REMOTE });
  return SparkSession.connect(connectOptions({ config, job: 'dataload', signal: new AbortController().signal }));
}

/** Every file below a folder with its content in hex of a hash-free form: for comparing lakes byte by byte. */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file.slice(folder.length + 1), (await readFile(file)).toString('base64')]),
    ),
  );
}

export const file = (name: string, ...lines: readonly string[]): InputFile => {
  return { name, bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')) };
};
