// Builds what is published, in dist/: emitted JavaScript with types and source maps, since Node strips no types below
// node_modules. `npm pack` runs it; nothing is generated or downloaded when the tarball is installed.
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { slimDeclarations, slimGenerated } from './slim.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const build = (...options) =>
  execFileSync('tsc', ['-p', join(root, 'tsconfig.build.json'), ...options], { stdio: 'inherit' });
// What is said about each function stands in the types, where editors look for it; once is enough.
build('--removeComments');
build('--emitDeclarationOnly');
cpSync(join(root, 'src/gen'), join(dist, 'gen'), { recursive: true, filter: (file) => !file.endsWith('stamp.txt') });
rewrite('gen/**/*.{js,d.ts}', slimGenerated);
rewrite('**/*.d.ts', slimDeclarations);

function rewrite(pattern, slim) {
  for (const file of globSync(join(dist, pattern))) writeFileSync(file, slim(readFileSync(file, 'utf8')));
}
