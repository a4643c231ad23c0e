// Builds what is published, in dist/: emitted JavaScript with types and source maps, since Node strips no types below
// node_modules. `npm pack` runs it; nothing is generated or downloaded when the tarball is installed.
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pruneTypes } from './prune-types.mjs';
import { slimDeclarations, slimGenerated } from './slim.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
/** Those of `exports` in package.json. */
const ENTRIES = ['index', 'local-server/local-server'];

rmSync(dist, { recursive: true, force: true });
const build = (...options) =>
  execFileSync('tsc', ['-p', join(root, 'tsconfig.build.json'), ...options], { stdio: 'inherit' });
// What is said about each function stands in the types, where editors look for it; once is enough.
build('--removeComments');
build('--emitDeclarationOnly');
cpSync(join(root, 'src/gen'), join(dist, 'gen'), { recursive: true, filter: (file) => !file.endsWith('stamp.txt') });
rewrite('gen/**/*.{js,d.ts}', slimGenerated);
rewrite('**/*.d.ts', slimDeclarations);
// What nobody can name from outside is nobody's type: most of the generated ones, and all of the protocol.
const declarations = globSync('**/*.d.ts', { cwd: dist });
const pruned = pruneTypes(
  new Map(declarations.map((file) => [file, readFileSync(join(dist, file), 'utf8')])),
  ENTRIES.map((file) => `${file}.d.ts`),
);
for (const file of declarations) {
  if (pruned.has(file)) writeFileSync(join(dist, file), pruned.get(file));
  else rmSync(join(dist, file));
}

function rewrite(pattern, slim) {
  for (const file of globSync(join(dist, pattern))) writeFileSync(file, slim(readFileSync(file, 'utf8')));
}
