/** `count-under-lock FOLDER TIMES`: adds one to the number in FOLDER/count, each time under the lock. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLocalLock } from '../../src/stores/local/lock.ts';

const [folder = '', times] = process.argv.slice(2);
const file = join(folder, 'count');
for (let time = 0; time < Number(times); time++) {
  await withLocalLock(join(folder, 'lock'), 'counting', async () => {
    const count = Number(await readFile(file, 'utf8'));
    await new Promise((resolve) => setImmediate(resolve));
    await writeFile(file, String(count + 1));
  });
}
