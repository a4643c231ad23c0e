/** `npm start` in a fresh copy of the repository, on a machine that has Docker but neither Java nor Maven. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const MINUTES = 60_000;
const DAYS = ['28', '29', '30'];
const TOOLS = ['sh', 'node', 'npm', 'docker', 'bash', 'dirname', 'mktemp', 'rm', 'sed'];
const root = process.cwd();

let folder: string;
let home: string;
let path: string;
beforeAll(async () => {
  folder = realpathSync(await mkdtemp(join(tmpdir(), 'recipe-etl-')));
  [home, path] = [join(folder, 'recipe-etl'), join(folder, 'bin')];
  await mkdir(path);
  for (const tool of TOOLS) await symlink(found(tool), join(path, tool));
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { encoding: 'utf8' });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(name)))
    await cp(join(root, file), join(home, file));
}, MINUTES);
afterAll(() => rm(folder, { recursive: true, force: true }));

function found(tool: string): string {
  if (tool === 'node') return process.execPath;
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, tool));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`${tool} is not on the PATH`);
  return realpathSync(file);
}

/** In a process group of its own, as a terminal starts it. */
function npmStart() {
  const { HOME, DOCKER_HOST, NODE_EXTRA_CA_CERTS, npm_config_cache } = process.env;
  const env = { HOME, DOCKER_HOST, NODE_EXTRA_CA_CERTS, npm_config_cache, PATH: path };
  const child = spawn('npm', ['start'], { cwd: home, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  return {
    ended,
    said: () => said,
    signal: (name: NodeJS.Signals) => process.kill(-(child.pid ?? Number.NaN), name),
  };
}

const containers = (): string[] =>
  execFileSync('docker', ['ps', '-aq', '--filter', `label=recipe-etl.start=${home}`], { encoding: 'utf8' })
    .split('\n')
    .filter((id) => id !== '');

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 2000) throw new Error(`waited in vain until ${what}`);
    await sleep(200);
  }
}

const report = (day: string): string =>
  join(home, `data/output/beef_cooking_time/year=2019/month=11/day=${day}/beef_cooking_time.csv`);

test(
  'gives the sample reports, as files of the caller, and leaves no container',
  async () => {
    const run = npmStart();
    expect({ exitCode: await run.ended, said: run.said() }).toMatchObject({ exitCode: 0 });
    expect(run.said()).toContain('starting Spark in a container');
    for (const day of DAYS) {
      const expected = readFileSync(`jobs/dataload/sample/expected/2019-11-${day}.csv`, 'utf8');
      expect(readFileSync(report(day), 'utf8')).toBe(expected);
    }
    const owners = readdirSync(join(home, 'data'), { recursive: true, encoding: 'utf8' }).map(
      (file) => statSync(join(home, 'data', file)).uid,
    );
    expect(new Set(owners)).toEqual(new Set([process.getuid?.()]));
    expect(containers()).toEqual([]);
  },
  20 * MINUTES,
);

test.each<[string, NodeJS.Signals, string]>([
  ['Ctrl-C while Spark starts', 'SIGINT', 'starting Spark in a container'],
  ['Ctrl-C while a job runs', 'SIGINT', 'dataload 2019-11-28'],
  ['a kill that leaves no time', 'SIGKILL', 'dataload 2019-11-28'],
])(
  '%s ends the container',
  async (_, signal, moment) => {
    const run = npmStart();
    let hasEnded = false;
    void run.ended.then(() => (hasEnded = true));
    await until(`npm start says "${moment}"`, () => hasEnded || run.said().includes(moment));
    expect(run.said()).toContain(moment);
    await until('the container is there', () => containers().length === 1);
    run.signal(signal);
    expect(await run.ended).not.toBe(0);
    await until('the container is gone', () => containers().length === 0);
    expect(run.said()).not.toMatch(/^\s+at /m);
  },
  15 * MINUTES,
);
