// `node jobs/tools/bundle.mjs JOB FOLDER`: a job with all that it imports as one file, job.mjs, which node runs alone.
// start.mjs beside it is what an image runs: it answers --help at once, for setting up all packages takes ten times as long.
// Beside prepare lie the lake commands too, lake.mjs, for `lake COMMAND`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Packages in CommonJS call require, which an ES module lacks. */
const REQUIRE = [
  "import { createRequire as createRequireOfBundle } from 'node:module';",
  'const require = createRequireOfBundle(import.meta.url);',
];

/** What an image runs beside its job, by the word that asks for it. */
const BESIDE = { dataload: {}, prepare: { lake: 'jobs/cli/src/lake/lake.ts' } };

const branchOf = (word) => `if (process.argv[2] === '${word}') {
  process.argv.splice(2, 1);
  await import('./${word}.mjs');
} else `;

const startOf = (help, words) => `const help = ${JSON.stringify(help)};
${words.map(branchOf).join('')}if (process.argv.includes('--help')) process.stdout.write(help);
else await import('./job.mjs');
`;

const [job, folder] = process.argv.slice(2);
const beside = BESIDE[job];
if (!beside || !folder) {
  console.error('usage, in the root of the repository: node jobs/tools/bundle.mjs dataload|prepare FOLDER');
  process.exit(2);
}
try {
  await build({
    entryPoints: { job: `jobs/${job}/src/main.ts`, ...beside },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Names and lines stay, so that a stack trace can be read without a map of three times the size.
    keepNames: true,
    minifySyntax: true,
    legalComments: 'none',
    banner: { js: REQUIRE.join('\n') },
    // Kafka's checksums are WebAssembly: this way of it reads no file from beside itself.
    alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
    logLevel: 'warning',
  });
  const { helpText } = await import('runtime');
  writeFileSync(join(folder, 'start.mjs'), startOf(helpText(job), Object.keys(beside)));
} catch (error) {
  console.error(`${job} could not be bundled: ${error.message}`);
  process.exitCode = 1;
}
