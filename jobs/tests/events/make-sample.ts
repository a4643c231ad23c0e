/** Writes the folder sample: three days of invented events and what they must lead to. Run it after a change of the rules. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleDays } from './sample-days.ts';
import { expectedFiles } from './sample-expected.ts';

const SAMPLE = fileURLToPath(new URL('../../dataload/sample', import.meta.url));

async function write(path: string, content: Uint8Array | string): Promise<void> {
  const file = join(SAMPLE, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  process.stdout.write(`${path} ${String(Buffer.byteLength(content))}\n`);
}

await rm(SAMPLE, { recursive: true, force: true });
const days = sampleDays();
for (const { date, files } of days) {
  for (const { name, bytes } of files) await write(join(date.replaceAll('-', '/'), name), bytes);
}
for (const [name, content] of await expectedFiles(days)) await write(join('expected', name), content);
