// What `npm test` leaves out on this machine: said at once, and refused where CI runs.
import { spawnSync } from 'node:child_process';
import { canHaveVersitygw } from 'lake/testing/versitygw-binary';

const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** @returns whether the proofs on S3 are among those that run; tells what is left out and how to have it */
export function tellLeftOut(say) {
  const hasS3 = canHaveVersitygw();
  if (!hasS3)
    say(
      'left out: the proofs on S3 (a day in a bucket, faults of the store, kills, races). ' +
        'To have them: install Go 1.25 or newer (Debian: golang-go), or name the program versitygw in RECIPE_ETL_VERSITYGW',
    );
  const docker = runs('docker', 'info') ? 'Docker is here' : 'they need Docker, which does not answer here';
  say(`left to others: npm run test:images, npm run test:dags, npm run test:e2e (${docker})`);
  return hasS3;
}
