/** The package as others get it: built, packed, installed into an empty project, run and type-checked there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const PACKAGE = resolve('jobs/spark-connect');
const INSTALL_MS = 120_000;
/** Neither jest's options nor npm's of the outer run. */
const variables = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|npm_)/.test(name)),
);
let project: string;

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', env: variables });
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'spark-connect-package-'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  execFileSync(process.execPath, [join(PACKAGE, 'scripts/build.mjs')], { env: variables });
  const packed = run('npm', 'pack', join(PACKAGE, 'dist'), '--silent').trim();
  run('npm', 'install', `./${packed}`, '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--silent');
}, INSTALL_MS);

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('it holds emitted JavaScript, types, license and documents, and no sources, tests or scripts', () => {
  const files = readdirSync(join(project, 'node_modules/spark-connect'), { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(expect.arrayContaining(['index.js', 'index.d.ts', 'LICENSE', 'README.md', 'package.json']));
  expect(files.filter((file) => /(^|[^d])\.ts$|test|scripts|\.proto$/.test(file.replace(/\.d\.ts$/, '.d')))).toEqual(
    [],
  );
});

test(
  'it runs a query from plain JavaScript',
  () => {
    writeFileSync(
      join(project, 'query.js'),
      `import { functions as F, SparkSession } from 'spark-connect';
     await using spark = await SparkSession.connect({ remote: ${JSON.stringify(process.env['TEST_SPARK_REMOTE'])} });
     const rows = await spark.range(0, 4).select(F.sum(F.col('id')).as('total')).collect();
     console.log(String(rows[0].total));`,
    );
    expect(run(process.execPath, 'query.js').trim()).toBe('6');
  },
  INSTALL_MS,
);

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
  expect(check(`${head}export const rows = await spark.rangge(0, 4).collect();`)).toContain("'rangge' does not exist");
});
