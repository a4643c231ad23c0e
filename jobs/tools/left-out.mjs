// What `npm test` leaves out on this machine: said at once, and refused where CI runs.
import { spawnSync } from 'node:child_process';
import { canHaveVersitygw } from 'lake/testing/versitygw-binary';

const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** @returns the variables that have jest leave out what cannot run here; tells what that is and how to have it */
export function tellLeftOut(say) {
  const hasS3 = canHaveVersitygw();
  if (!hasS3)
    say(
      'left out: the proofs on S3 (a day in a bucket, faults of the store, kills, races). ' +
        'To have them: install Go 1.25 or newer (Debian: golang-go), or name the program versitygw in RECIPE_ETL_VERSITYGW',
    );
  const hasPython = runs('python3', '-c', 'import ensurepip');
  if (!hasPython)
    say('left out: values from AWS. To have them: install Python 3.11 or newer with venv (Debian: python3-venv)');
  const docker = runs('docker', 'info') ? 'Docker is here' : 'they need Docker, which does not answer here';
  say(`left to others: npm run test:images, npm run test:dags, npm run test:e2e (${docker})`);
  return [...(hasS3 ? [] : ['TEST_WITHOUT_S3']), ...(hasPython ? [] : ['TEST_WITHOUT_PYTHON'])];
}
