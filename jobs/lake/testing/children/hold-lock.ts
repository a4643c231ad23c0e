/** `hold-lock FOLDER`: holds the lock until it is killed. */
import { withLocalLock } from '../../src/stores/local/lock.ts';

await withLocalLock(String(process.argv[2]), 'holding', async () => {
  console.log('held');
  await new Promise((resolve) => setInterval(resolve, 2 ** 30));
});
