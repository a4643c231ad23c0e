/** `npm run generate [-- --check]`: files that say in another form what the sources say; --check only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type CommandName, flagsOf, LAKE_COMMANDS, LAKE_FLAGS } from 'cli';
import { FAILURES } from 'lake';
import { CONFIG_SCHEMAS, type Flag, FLAGS, readLayout, schemasFile } from 'runtime';
import { format, resolveConfig } from 'prettier';
import { TEMPLATE_FILE } from '../stack/bucket-policies.ts';
import { policyTemplate } from '../stack/store-rights.ts';
import { roomsTable } from './walls.mjs';

interface KeySchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly items?: KeySchema;
  readonly properties?: Readonly<Record<string, KeySchema>>;
}

const GENERATED: Readonly<Record<string, () => string>> = {
  'configs/README.md': configTables,
  'schema/cli-contract.json': commandLineContract,
  [TEMPLATE_FILE]: () => JSON.stringify(policyTemplate(readLayout(schemasFile()))),
};
/** What an exit code means, in the words of the command line's page. */
const MEANINGS: Readonly<Record<number, string>> = {
  1: 'unexpected failure',
  2: 'wrong usage, configuration or schema, or an input that cannot be read',
  3: 'no input for the day, or the day is not over',
  4: 'quality limits broken; the published day is unchanged, the findings are in the rejected run manifest',
  5: 'overtaken by another run of the same day that saw other input',
  6: 'Spark, Kafka or the lake could not be reached, or out of time',
  143: 'stopped from outside',
};

/** Pages of which one block is made: what stands between `<!-- name: … -->` and `<!-- end -->`. */
const BLOCKS: Readonly<Record<string, readonly [name: string, content: () => string]>> = {
  '.github/CONTRIBUTING.md': ['rooms', roomsTable],
  'jobs/cli/README.md': ['exit codes', exitCodes],
};

const isCheck = process.argv.includes('--check');
const pages = Object.entries(BLOCKS)
  .filter(([file]) => existsSync(file))
  .map(([file, [name, content]]) => [file, () => withBlock(file, name, content())] as const);
for (const [file, made] of [...Object.entries(GENERATED), ...pages]) {
  const text = await format(made(), { ...(await resolveConfig(file)), filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isCheck) {
    console.error(`${file} is stale: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
  }
}

/** @throws Error where the page has no such block */
function withBlock(file: string, name: string, content: string): string {
  const text = readFileSync(file, 'utf8');
  const block = new RegExp(`(<!-- ${name}: [^\n]*-->\n)[^]*?(<!-- end -->)`);
  if (!block.test(text)) throw new Error(`${file} has no block <!-- ${name}: … --> … <!-- end -->`);
  return text.replace(block, (_, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
}

function exitCodes(): string {
  const rows = [...Map.groupBy(Object.entries(FAILURES), ([, { exitCode }]) => exitCode)]
    .toSorted(([a], [b]) => a - b)
    .map(([exitCode, failures]) => {
      const retries = [...new Set(failures.map(([, { retryHelps }]) => retryHelps))].join(', ');
      return `| ${exitCode} | ${MEANINGS[exitCode]} | ${failures.map(([name]) => code(name)).join(', ')} | ${retries} |`;
    });
  const head = '| exit | meaning | codes | retry |\n| --- | --- | --- | --- |\n| 0 | published, or unchanged | | |';
  return [head, ...rows].join('\n');
}

function configTables(): string {
  const files = Object.entries(CONFIG_SCHEMAS).map(([file, schema]) => {
    const rows = keyRows('', schema as KeySchema).map((row) => `| ${row.join(' | ')} |\n`);
    return `\n## ${file}\n\n${schema.description}\n\n| key | type | default | meaning |\n| --- | --- | --- | --- |\n${rows.join('')}`;
  });
  return `# Configuration

One folder an environment; \`--env NAME\` or \`RECIPE_ETL_ENV\` chooses it. Each folder holds the four files below; one that is
empty has the defaults. An unknown key stops the job, and so does a value of another type.

In any value \`\${NAME}\` stands for an environment variable and \`\${NAME:-text}\` for a text where it is unset or empty.
Credentials belong there, never into these files. A value or a variable that as a whole is \`ssm:/path\` or
\`secretsmanager:name#key\` stands for what AWS holds: [docker/README.md](../docker/README.md#values-from-aws).

This page is made by \`npm run generate\` from \`jobs/runtime/src/config/schema.ts\`.
${files.join('')}`;
}

function keyRows(prefix: string, schema: KeySchema): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, key]) => {
    const path = `${prefix}${name}`;
    if (key.properties !== undefined) return keyRows(`${path}.`, key);
    const fallback = key.default === undefined ? 'required' : code(JSON.stringify(key.default));
    return [[code(path), typeText(key), fallback, (key.description ?? '').replaceAll('|', '\\|')]];
  });
}

function typeText(key: KeySchema): string {
  if (key.enum !== undefined) return key.enum.map((value) => code(String(value))).join(' or ');
  const bounds = [
    key.exclusiveMinimum === undefined ? '' : `above ${key.exclusiveMinimum}`,
    key.minimum === undefined ? '' : `from ${key.minimum}`,
    key.maximum === undefined ? '' : `to ${key.maximum}`,
  ].filter((bound) => bound !== '');
  const types = [key.type ?? 'any'].flat();
  const [type = 'any'] = types;
  const name = type === 'array' ? `list of ${key.items?.type?.toString() ?? 'any'}s` : type === 'object' ? 'map' : type;
  const range = bounds.length === 0 ? '' : ` ${bounds.join(' ')}`;
  return `${name}${range}${types.includes('null') ? ', or null' : ''}`;
}

function commandLineContract(): string {
  const flags = Object.entries(FLAGS).map(contractFlag);
  const commands = Object.entries(LAKE_COMMANDS).map(([command, { text }]) => {
    return {
      command,
      text,
      flags: flagsOf(command as CommandName).map((name) => contractFlag([name, LAKE_FLAGS[name]])),
    };
  });
  const codes = Object.entries(FAILURES).map(([code, failure]) => ({ code, ...failure }));
  const failures = [...Map.groupBy(codes, ({ exitCode }) => exitCode)].toSorted(([a], [b]) => a - b);
  const contract = {
    comment:
      'Made by npm run generate from FLAGS, LAKE_COMMANDS and FAILURES of jobs/lake. What the schedulers may rely on.',
    jobs: ['dataload', 'prepare'],
    flags,
    lakeCommands: commands,
    exitCodes: [
      { exitCode: 0, codes: ['published', 'unchanged', 'dry-run'], retryHelps: ['no'] },
      ...failures.map(([exitCode, same]) => ({
        exitCode,
        codes: same.map(({ code }) => code),
        retryHelps: [...new Set(same.map(({ retryHelps }) => retryHelps))],
      })),
    ],
  };
  return `${JSON.stringify(contract, undefined, 2)}\n`;
}

function contractFlag([name, { type, value, text }]: readonly [string, Flag]) {
  return { flag: `--${name}`, type, ...(value === undefined ? {} : { value }), text };
}

function code(text: string): string {
  return `\`${text}\``;
}
