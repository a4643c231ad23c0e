import { accessSync, constants, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadYaml } from 'lake';

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

const FILE = '.github/workflows/recipe-etl-cicd.yml';
const workflow = loadYaml(FILE, {}) as Workflow;
const jobs = Object.entries(workflow.jobs);
const runs = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));

test('every action is pinned to a commit, with its version beside it', () => {
  const lines = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line.includes('uses:'));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(line).toMatch(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('no job may do more than it needs, and none runs for ever', () => {
  expect(workflow.permissions).toEqual({});
  for (const [name, job] of jobs) {
    const rights = { contents: 'read', ...(name === 'push' ? { packages: 'write' } : {}) };
    expect([name, job.permissions]).toEqual([name, rights]);
    expect([name, typeof job['timeout-minutes']]).toEqual([name, 'number']);
  }
});

test('what it runs are scripts of ours, and stages of them that there are', () => {
  const ci = readFileSync('.ci/run', 'utf8');
  const stages = /^ {4}(check[\w |]*)\)$/m.exec(ci)?.[1]?.split(' | ') ?? [];
  expect(stages).toContain('stack');
  const named = runs.flatMap((run) => /^bash \.ci\/run (\w+)$/.exec(run)?.[1] ?? []);
  expect(named.filter((stage) => !stages.includes(stage))).toEqual([]);
  const scripts = runs.map((run) => /(?:docker|\.ci)\/[\w-]+(?:\.sh)?/.exec(run)?.[0] ?? run);
  const others = scripts.filter((script) => !/^(docker|\.ci)\/[\w.-]+$/.test(script));
  expect(others.filter((run) => !/docker (load|login) /.test(run))).toEqual([]);
  const ours = scripts.filter((script) => !others.includes(script));
  expect(ours.length).toBeGreaterThan(4);
  for (const script of ours) accessSync(script, script.endsWith('.sh') ? constants.X_OK : constants.R_OK);
});
