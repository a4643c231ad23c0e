/** The command line of the local run: which days, from which folders, into which lake. */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assertFolderName, isS3Uri, LakeError, parseLogicalDate } from 'lake';
import { parseFlags } from 'runtime';

export interface LocalDay {
  /** `2019-11-29` */
  readonly date: string;
  /** Folder whose files are what arrived on that day; read in place. */
  readonly input: string;
  /** Flags that the jobs know. */
  readonly flags: readonly string[];
}

export interface LocalArguments {
  readonly days: readonly LocalDay[];
  /** Folders, or s3:// URIs. */
  readonly lake: string;
  readonly output: string;
}

const SAMPLE = 'jobs/dataload/sample';
const LOCAL_FLAGS = {
  input: { type: 'string', text: 'folder of JSON-lines files that arrived on the day' },
  lake: { type: 'string', text: 'folder of the lake, or s3://bucket/prefix' },
  output: { type: 'string', text: 'folder of the reports, or s3://bucket/prefix' },
} as const;
/** The flags of the jobs that make sense here. */
const PASSED_ON = ['allow-empty', 'allow-incomplete', 'dry-run', 'replace-restored'];
const KNOWN = ['date', ...Object.keys(LOCAL_FLAGS), ...PASSED_ON];

export const HELP = `npm start
    both jobs on the sample days (${SAMPLE}), into data/lake and data/output
npm start -- --date YYYY-MM-DD --input FOLDER [--lake DIR|s3://…] [--output DIR|s3://…]
    both jobs on the JSON-lines files of FOLDER (.json, .jsonl, .ndjson, each optionally .gz or .zst)

  --allow-empty        a folder without files becomes an empty day
  --allow-incomplete   accept a day that has not ended
  --dry-run            do everything but the publish
  --replace-restored   replace what lake restore brought back
  For s3:// the credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role; AWS_REGION and
  AWS_ENDPOINT_URL say where the buckets are.
  SPARK_REMOTE=sc://host:port   use that Spark Connect server instead of the embedded one
`;

/** Checks all that can be checked before Spark is started. @throws LakeError usage */
export function localArguments(argv: readonly string[], root: string): LocalArguments {
  const values = parseFlags(argv, LOCAL_FLAGS);
  const given = values as Readonly<Record<string, string | undefined>>;
  const foreign = Object.keys(given).find((name) => !KNOWN.includes(name));
  if (foreign !== undefined) {
    throw new LakeError(
      'usage',
      `--${foreign} is an option of the jobs, not of the local run, which knows --${KNOWN.join(', --')}`,
    );
  }
  const lake = placeOf(root, 'lake', given['lake'] ?? 'data/lake');
  const output = placeOf(root, 'output', given['output'] ?? 'data/output');
  const flags = PASSED_ON.filter((name) => given[name] !== undefined).map((name) => `--${name}`);
  const { date, input } = given;
  if (date !== undefined && input !== undefined)
    return { days: [givenDay(date, folderOf(root, input), flags)], lake, output };
  if (date === undefined && input === undefined) return { days: sampleDays(root, flags), lake, output };
  const lacking = date === undefined ? '--date YYYY-MM-DD' : '--input FOLDER';
  throw new LakeError(
    'usage',
    `${lacking} is required too: npm start -- --date 2019-11-29 --input FOLDER; without both, the sample days run`,
  );
}

function placeOf(root: string, flag: string, given: string): string {
  if (isS3Uri(given)) return given;
  assertFolderName(given, `--${flag} `);
  return resolve(root, given);
}

function folderOf(root: string, given: string): string {
  if (isS3Uri(given)) {
    const advice =
      "name a local folder, or put the files into the lake's landing folder and use npm run lake -- backfill";
    throw new LakeError('usage', `--input ${given} is a bucket, which the local run does not read from: ${advice}`);
  }
  assertFolderName(given, '--input ');
  return resolve(root, given);
}

function givenDay(date: string, input: string, flags: readonly string[]): LocalDay {
  if (statSync(input, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new LakeError(
      'usage',
      `--input ${input} is not a folder: name the one that holds the JSON-lines files of the day`,
    );
  }
  return { date: parseLogicalDate(date).iso, input, flags };
}

function sampleDays(root: string, flags: readonly string[]): LocalDay[] {
  const sample = join(root, SAMPLE);
  const folders = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^\d+$/.test(entry.name))
      .map((entry) => entry.name)
      .toSorted();
  return folders(sample).flatMap((year) =>
    folders(join(sample, year)).flatMap((month) =>
      folders(join(sample, year, month)).map((day) => {
        return { date: `${year}-${month}-${day}`, input: join(sample, year, month, day), flags };
      }),
    ),
  );
}
