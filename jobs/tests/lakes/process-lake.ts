/** A lake of its own for the jobs' processes, with the day's landing and, where a test needs one, a changed configuration. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JobName, parseLogicalDate } from 'lake';
import { layout } from './layout.ts';
import { TEST_REMOTE } from './in-process.ts';
import type { InputFile } from '../oracles/lines.ts';
import { type Ended, runMerged, runScript, type Started, startScript, type Variables } from '../processes.ts';

export const DATE = '2019-11-29';
const DAY = parseLogicalDate(DATE);

/** A file below `configs/` or `schema/`, and what is to be replaced in it. */
export type Edit = readonly [file: string, from: string, to: string];

export interface ProcessLake extends AsyncDisposable {
  readonly folder: string;
  readonly lake: string;
  readonly output: string;
  /** The landing folder of {@link DATE}. */
  readonly landing: string;
  readonly data: string;
  readonly report: string;
  /** Writes the files as the only input of the day. */
  land(files: readonly InputFile[]): Promise<void>;
  /** From now on the jobs run with these changes of the repository's configuration, and of earlier ones. */
  configure(...edits: readonly Edit[]): Promise<void>;
  /** What the jobs run with, for other programs on the same lake. */
  variables(): Variables;
  /** Runs a job for {@link DATE}. */
  run(job: JobName, words?: readonly string[], variables?: Variables): Promise<Ended>;
  start(job: JobName, words?: readonly string[], variables?: Variables): Started;
  /** With both streams as one. */
  merged(job: JobName, words?: readonly string[]): Promise<string>;
  manifest(job: JobName): Promise<CurrentManifest>;
}

/** What tests ask of a manifest. */
export interface CurrentManifest {
  readonly runId: string;
  readonly counts: Readonly<Record<string, unknown>>;
  readonly staged: { readonly sha256: string; readonly rows: number; readonly contentSha256?: string };
  readonly quarantine: { readonly key: string; readonly rows: number; readonly sha256: string } | null;
  readonly input: { readonly ignored: readonly string[] };
}

export const scriptOf = (job: JobName): string => `jobs/${job}/src/main.ts`;

export async function processLake(): Promise<ProcessLake> {
  const folder = await mkdtemp(join(tmpdir(), 'recipe-etl-'));
  const [lake, output, home] = [join(folder, 'lake'), join(folder, 'output'), join(folder, 'home')];
  const landing = join(lake, layout.landing(DAY));
  let variables: Variables = { RECIPE_ETL_LAKE: lake, RECIPE_ETL_OUTPUT: output, SPARK_REMOTE: TEST_REMOTE };
  const words = (more: readonly string[]): string[] => ['--date', DATE, ...more];
  return {
    folder,
    lake,
    output,
    landing,
    data: join(lake, layout.tableObject(DAY)),
    report: join(output, layout.report('beef_cooking_time', DAY)),
    async land(files) {
      await rm(landing, { recursive: true, force: true });
      await mkdir(landing, { recursive: true });
      for (const file of files) await writeFile(join(landing, file.name), file.bytes);
    },
    async configure(...edits) {
      const isFirst = variables['RECIPE_ETL_HOME'] === undefined;
      for (const name of isFirst ? ['configs', 'schema'] : []) await cp(name, join(home, name), { recursive: true });
      for (const edit of edits) await replaceIn(home, edit);
      variables = { ...variables, RECIPE_ETL_HOME: home };
    },
    variables: () => variables,
    run: (job, more = [], others = {}) => runScript(scriptOf(job), words(more), { ...variables, ...others }),
    start: (job, more = [], others = {}) => startScript(scriptOf(job), words(more), { ...variables, ...others }),
    merged: (job, more = []) => runMerged(scriptOf(job), words(more), variables),
    async manifest(job) {
      return JSON.parse(await readFile(join(lake, layout.currentManifest(job, DAY)), 'utf8')) as CurrentManifest;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An edit that changes nothing would make its test mean nothing. */
async function replaceIn(home: string, [name, from, to]: Edit): Promise<void> {
  const file = join(home, name);
  const before = await readFile(file, 'utf8');
  if (!before.includes(from)) throw new Error(`${name} does not hold ${JSON.stringify(from)}`);
  await writeFile(
    file,
    before.replace(from, () => to),
  );
}
