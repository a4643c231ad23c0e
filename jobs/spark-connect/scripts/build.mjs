// Builds the package that is published, in dist/: emitted JavaScript and types, since Node strips no types below node_modules.
// `npm pack ./dist` from here makes the tarball; nothing is generated or downloaded when it is installed.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
cpSync(join(root, 'src/gen'), join(dist, 'gen'), { recursive: true, filter: (file) => !file.endsWith('stamp.txt') });
for (const file of ['README.md', 'DEVIATIONS.md']) cpSync(join(root, file), join(dist, file));
cpSync(join(root, '../../LICENSE'), join(dist, 'LICENSE'));

const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entry = (file) => ({ types: `./${file}.d.ts`, default: `./${file}.js` });
const { scripts: _, exports: __, ...published } = source;
published.exports = { '.': entry('index'), './server': entry('local-server/local-server') };
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
