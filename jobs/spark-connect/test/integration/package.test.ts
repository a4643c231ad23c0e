/** The package as others get it: packed, installed into an empty project, run and type-checked there. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sized } from '../../testing/size.ts';

const PACKAGE = resolve('jobs/spark-connect');
const INSTALL_MS = 180_000;
const MAX_BYTES = 700_000;
/** Majors of Node beside that of the tests. */
const NODES = sized<readonly string[]>([], ['20', '22']);
/** Neither jest's options nor npm's of the outer run. */
const variables = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|npm_)/.test(name))),
  GITHUB_REPOSITORY: 'acme/etl',
};
let project: string;
let copy: string;
let tarball: string;

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', env: variables });
}

/** Packing changes package.json for a moment, and others read it meanwhile: so it is done in a copy. */
function packed(): string {
  copy = mkdtempSync(join(tmpdir(), 'spark-connect-source-'));
  const folder = join(copy, 'jobs/spark-connect');
  mkdirSync(folder, { recursive: true });
  for (const file of ['LICENSE', 'tsconfig.json']) cpSync(file, join(copy, file));
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const name of ['src', 'scripts', 'package.json', 'README.md', 'DEVIATIONS.md', 'tsconfig.build.json'])
    cpSync(join(PACKAGE, name), join(folder, name), { recursive: true });
  const out = execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: folder, env: variables });
  return join(project, out.toString().trim().split('\n').at(-1) as string);
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'spark-connect-package-'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  tarball = packed();
  const nodes = NODES.map((major) => `node${major}@npm:node-${process.platform}-${process.arch}@${major}`);
  run(
    'npm',
    'install',
    tarball,
    ...nodes,
    '--prefer-offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--silent',
  );
}, INSTALL_MS);

afterAll(() => {
  for (const folder of [project, copy]) rmSync(folder, { recursive: true, force: true });
});

const installed = (): string => join(project, 'node_modules/spark-connect');

test('it holds emitted JavaScript, types, license and documents, and no sources, tests or scripts', () => {
  const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' });
  const wanted = [
    'dist/index.js',
    'dist/index.js.map',
    'dist/index.d.ts',
    'LICENSE',
    'README.md',
    'src/api/README.md',
    'package.json',
  ];
  expect(files).toEqual(expect.arrayContaining(wanted));
  expect(files.filter((file) => /(^|[^d])\.ts$|test|scripts|\.proto$/.test(file.replace(/\.d\.ts$/, '.d')))).toEqual(
    [],
  );
  const bytes = files
    .filter((file) => !file.endsWith('.map'))
    .map((file) => statSync(join(installed(), file)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
  expect(bytes).toBeLessThan(MAX_BYTES);
});

test('packing leaves package.json as it was, and that of the tarball names its repository', () => {
  const folder = join(copy, 'jobs/spark-connect');
  expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  expect([existsSync(join(folder, 'LICENSE')), existsSync(join(folder, 'package.json.workspace'))]).toEqual([
    false,
    false,
  ]);
  expect(JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8'))).toMatchObject({
    repository: { url: 'git+https://github.com/acme/etl.git', directory: 'jobs/spark-connect' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  });
});

test(
  'publint and arethetypeswrong find nothing',
  () => {
    expect(run(resolve('node_modules/.bin/publint'), 'run', installed(), '--strict')).toContain('All good');
    expect(run(resolve('node_modules/.bin/attw'), tarball, '--profile', 'esm-only')).toContain('🟢');
  },
  INSTALL_MS,
);

test(
  'it runs a query from plain JavaScript, as a module and by require',
  () => {
    const query = `SparkSession.connect(process.env.TEST_SPARK_REMOTE).then(async (spark) => {
      const rows = await spark.range(4).select(F.sum(F.col('id')).as('total')).collect();
      await spark.release();
      console.log(String(rows[0].total));
    });`;
    writeFileSync(join(project, 'query.js'), `import { functions as F, SparkSession } from 'spark-connect';\n${query}`);
    const required = `const { functions: F, SparkSession } = require('spark-connect');\n${query}`;
    writeFileSync(join(project, 'query.cjs'), required);
    const nodes = NODES.map((major) => join(project, `node_modules/node${major}/bin/node`));
    for (const node of [process.execPath, ...nodes])
      for (const file of ['query.js', 'query.cjs']) expect([node, run(node, file).trim()]).toEqual([node, '6']);
  },
  INSTALL_MS,
);

test('its types are whole', () => {
  const declarations = ['index', 'local-server/local-server'].map((file) => join(installed(), `dist/${file}.d.ts`));
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
  // Not `skipLibCheck`: it would pass over a type that was pruned and is still named.
  const own = ['--ignoreConfig', '--typeRoots', resolve('node_modules/@types')];
  expect(run(resolve('node_modules/.bin/tsc'), ...own, ...options, ...declarations)).toBe('');
});

test('its types tell a right program from a wrong one', () => {
  const check = (program: string): string => {
    writeFileSync(join(project, 'typed.ts'), program);
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--skipLibCheck',
      'typed.ts',
    ];
    try {
      return run(resolve('node_modules/.bin/tsc'), '--ignoreConfig', ...options);
    } catch (error) {
      return String((error as { stdout?: string }).stdout);
    }
  };
  const head =
    "import { SparkSession } from 'spark-connect';\nconst spark = await SparkSession.connect({ remote: 'sc://x' });\n";
  expect(check(`${head}export const rows = await spark.range(0, 4).collect<{ id: bigint }>();`)).toBe('');
  for (const inner of ['F.lit(1).expression', 'new Column()', 'new DataFrame()'])
    expect(check(`import { Column, DataFrame, functions as F } from 'spark-connect';\n${inner};`)).not.toBe('');
  expect(check(`${head}export const rows = await spark.rangge(0, 4).collect();`)).toContain("'rangge' does not exist");
});
