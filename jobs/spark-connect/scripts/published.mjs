// Around `npm pack`: package.json as others get it, and back. Here its exports are the sources, which need no build;
// `publishConfig` says what they are in the tarball.
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = join(root, 'package.json');
const kept = join(root, 'package.json.workspace');
const license = join(root, 'LICENSE');

// Also where the last pack was killed half way.
if (existsSync(kept)) renameSync(kept, manifest);
rmSync(license, { force: true });
if (!process.argv.includes('--restore')) {
  copyFileSync(join(root, '../../LICENSE'), license);
  copyFileSync(manifest, kept);
  const { scripts: _, publishConfig, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
  writeFileSync(manifest, `${JSON.stringify({ ...rest, ...publishConfig, ...repository() }, undefined, 2)}\n`);
}

/** Only the place that publishes knows the address of the repository. */
function repository() {
  const { GITHUB_REPOSITORY: name, GITHUB_SERVER_URL: server = 'https://github.com' } = process.env;
  if (name) return { repository: { type: 'git', url: `git+${server}/${name}.git`, directory: 'jobs/spark-connect' } };
  console.error('spark-connect: the package names no repository: set GITHUB_REPOSITORY=owner/name');
  return {};
}
