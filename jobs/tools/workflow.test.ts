import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadYaml } from 'runtime';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface WorkflowJob {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

const FOLDER = '.github/workflows';
const FILES = readdirSync(FOLDER).map((name) => join(FOLDER, name));
const jobsOf = (file: string) => Object.entries((loadYaml(file, {}) as Workflow).jobs);
const runsOf = (file: string): string[] =>
  jobsOf(file).flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));

test.each(FILES)('every action of %s is pinned to a commit, with its version beside it', (file) => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('uses:'));
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test.each(FILES)('no job of %s may do more than it needs, and none runs for ever', (file) => {
  expect((loadYaml(file, {}) as Workflow).permissions).toEqual({});
  for (const [name, job] of jobsOf(file)) {
    const rights = { contents: 'read', ...(name === 'push' ? { packages: 'write' } : {}) };
    expect([name, job.permissions]).toEqual([name, rights]);
    expect([name, typeof job['timeout-minutes']]).toEqual([name, 'number']);
  }
});

test('a deployment may take as long as the run that it ends with', () => {
  const compose = readFileSync('docker-compose.yml', 'utf8');
  const maxRuntime = Number(/RECIPE_ETL_MAX_RUNTIME_MINUTES:-(\d+)/.exec(compose)?.[1]);
  const deploy = jobsOf('.github/workflows/recipe-etl-cicd.yml').find(([name]) => name === 'deploy')?.[1];
  expect(deploy?.['timeout-minutes']).toBeGreaterThan(maxRuntime);
});

test('what they run are scripts of ours, and stages of them that there are', () => {
  const runs = FILES.flatMap(runsOf);
  const ci = readFileSync('.ci/run', 'utf8');
  const stages = /^ {4}(check[\w |]*)\)$/m.exec(ci)?.[1]?.split(' | ') ?? [];
  expect(stages).toContain('stack');
  const named = runs.flatMap((run) => /^bash \.ci\/run (\w+)$/.exec(run)?.[1] ?? []);
  expect(named).toContain('long');
  expect(named.filter((stage) => !stages.includes(stage))).toEqual([]);
  const scripts = runs.map((run) => /(?:docker|\.ci)\/[\w-]+(?:\.sh)?/.exec(run)?.[0] ?? run);
  const others = scripts.filter((script) => !/^(docker|\.ci)\/[\w.-]+$/.test(script));
  expect(others.filter((run) => !/docker (load|login) /.test(run))).toEqual([]);
  const ours = scripts.filter((script) => !others.includes(script));
  expect(ours.length).toBeGreaterThan(4);
  for (const script of ours) accessSync(script, script.endsWith('.sh') ? constants.X_OK : constants.R_OK);
});
