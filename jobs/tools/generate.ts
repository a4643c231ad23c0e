/** `npm run generate [-- --check]`: files that say in another form what the sources say; --check only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type CommandName, flagsOf, LAKE_COMMANDS, LAKE_FLAGS } from 'cli';
import { FAILURES } from 'lake';
import { CONFIG_SCHEMAS, type Flag, FLAGS } from 'runtime';
import { format, resolveConfig } from 'prettier';

interface KeySchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly items?: KeySchema;
  readonly properties?: Readonly<Record<string, KeySchema>>;
}

const GENERATED: Readonly<Record<string, () => string>> = {
  'configs/README.md': configTables,
  'schema/cli-contract.json': commandLineContract,
};

const isCheck = process.argv.includes('--check');
for (const [file, made] of Object.entries(GENERATED)) {
  const text = await format(made(), { ...(await resolveConfig(file)), filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (isCheck) {
    console.error(`${file} is stale: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
  }
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
Credentials belong there, never into these files.

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
  if (key.enum !== undefined) return key.enum.map(code).join(' or ');
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
