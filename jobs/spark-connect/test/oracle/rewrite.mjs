// `npm run golden:pyspark`: writes the plans that PySpark builds for the programs; the difference is for reviewing.
// `--check` writes nothing and fails where the committed files are not what PySpark gives. `ORACLE_PYTHON` names a
// python that has the package already; otherwise one is made in .cache/pyspark, once.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compactJson } from '../../testing/compact-json.ts';
import { deviations } from './deviations.ts';
import { ourGolden, ourGoldens, pysparkGolden, pysparkGoldens } from './goldens.ts';
import { normalise } from './normalise.ts';
import { ourPlan } from './our-plans.ts';
import { programs } from './programs.ts';
import { pySparkPython, run } from '../../testing/python.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

/** Text by file, of every golden there should be. */
async function freshFiles() {
  const oracle = join(import.meta.dirname, 'oracle.py');
  const plans = JSON.parse(run(pySparkPython(), ['-B', oracle]));
  const texts = new Map(
    Object.entries(plans).map(([name, plan]) => [pysparkGolden(name), `${compactJson(normalise(plan))}\n`]),
  );
  for (const name of Object.keys(deviations))
    texts.set(ourGolden(name), `${compactJson(await ourPlan(programs[name]))}\n`);
  return texts;
}

/** The complete plans of the jobs have no twin in Python: PySpark builds them call by call, and must get the same. */
function differentReplays() {
  const files = globSync('jobs/{dataload,prepare}/test/golden/*.json', { cwd: ROOT }).map((file) => join(ROOT, file));
  const plans = JSON.parse(run(pySparkPython(), ['-B', join(import.meta.dirname, 'replay.py'), ...files]));
  const text = (plan) => compactJson(normalise(plan));
  if (files.length === 0 || Object.keys(plans).length !== files.length)
    throw new Error('PySpark built not all plans of the jobs.');
  return files.filter((file) => text(plans[file]) !== text(JSON.parse(readFileSync(file, 'utf8'))));
}

const different = differentReplays();
for (const file of different) console.error(`${file} is not the plan that PySpark builds by the same calls`);
const fresh = await freshFiles();
if (fresh.size === 0) throw new Error('PySpark built no plans.');
mkdirSync(dirname(ourGolden('x')), { recursive: true });
const committed = [...pysparkGoldens().map(pysparkGolden), ...ourGoldens().map(ourGolden)];
const stale = committed.filter((file) => !fresh.has(file));
const changed = [...fresh].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);

if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${file} has no program in Python`);
  for (const [file] of changed) console.error(`${file} is not what is built now: npm run golden:pyspark`);
  process.exitCode = stale.length + changed.length + different.length === 0 ? 0 : 1;
} else {
  for (const file of stale) rmSync(file);
  for (const [file, text] of changed) writeFileSync(file, text);
}
console.log(`${fresh.size} plans, ${changed.length} changed, ${stale.length} without a program`);
