// What each room of the house may import: one table, which `npm run check` holds the code against and CONTRIBUTING shows.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const GROUND = ['spark-connect', 'lake', 'runtime'];
const JOBS = ['dataload', 'prepare'];

/** Packages from the ground up: each may import those that it names, by what they export, and npm. */
export const ROOMS = [
  { room: 'spark-connect', may: [], is: 'the Spark Connect client, publishable by itself' },
  { room: 'lake', may: [], is: 'data at rest: keys, stores, publish, manifests, operations' },
  { room: 'runtime', may: ['lake'], is: 'a job as a process: arguments, configuration, log, one run' },
  { room: 'watch', may: ['lake'], is: 'what a lake lacks, with the command for it, and the pages that show it' },
  { room: 'dataload', may: GROUND, is: 'raw events of a day to its table and quarantine' },
  { room: 'prepare', may: [...GROUND, 'watch'], is: 'the table of a day to its reports' },
  {
    room: 'cli',
    may: [...GROUND, 'watch', ...JOBS],
    is: 'what a person types: `npm start`, `npm run lake`, `npm run config`, `npm run produce`',
  },
  { room: 'stack', may: [...GROUND, 'watch', ...JOBS, 'cli'], is: 'the whole stack in Docker: up, down, smoke' },
  {
    room: 'tools',
    may: [...GROUND, 'watch', ...JOBS, 'cli', 'stack'],
    is: 'set-up, checks, generated files, bundles, the runner of the tests',
  },
];

const AWS_VALUES = /^runtime\/src\/config\/aws\/clients\.ts$/;
/** npm packages that only some files know. */
export const ONLY = [
  { npm: '@grpc/grpc-js', files: /^spark-connect\/src\/protocol\/grpc-transport\.ts$/ },
  { npm: '@aws-sdk/client-ssm', files: AWS_VALUES },
  { npm: '@aws-sdk/client-secrets-manager', files: AWS_VALUES },
  { npm: '@aws-sdk/client-cloudwatch-logs', files: /^runtime\/src\/cloudwatch\/client\.ts$/ },
  { npm: '@aws-sdk/', files: /^(lake\/src\/stores\/s3\/|stack\/contents\.ts)/ },
  {
    npm: '@platformatic/kafka',
    files:
      /^(dataload\/src\/sources\/kafka\/(client-options|log-reader|broker-topic)|cli\/src\/produce\/event-sender)\.ts$/,
  },
];

/** Floors within a package: a file of one may import its own and those before it. */
export const FLOORS = [{ room: 'lake/src', floors: ['stores', 'publish', 'operations'] }];

/** Pure folders decide; others carry out: no node:*, no process, no timers. */
export const PURE = [
  'spark-connect/src/plan/',
  'spark-connect/src/expressions/',
  'dataload/src/plan/',
  'dataload/src/rules/',
  'prepare/src/reports/',
  'watch/src/pages/',
];
const IMPURE = /\b(process|setTimeout|setInterval)\b[.(]/;

/** A door that everybody comes through stays narrow: how many names a package may export. */
const MAX_EXPORTS = { lake: 60 };
const EXPORTED = /^export (?:type )?\{([^}]*)\}/gm;

/** A job spells no path and opens no file. */
const IN_A_JOB = new RegExp(`^(${JOBS.join('|')})/src/`);
const IO = /^node:(fs|fs\/promises|child_process|net|http)$/;

const PACKAGES = new Set(ROOMS.map(({ room }) => room));
const IMPORT = /(?:^(?:import|export)\b[^;]*?from|^import|\bimport\()\s*'([^']+)'/gm;

/** @param files below jobs/, such as `lake/src/index.ts` @returns a sentence for each broken wall */
export function brokenWalls(files, jobs = 'jobs') {
  const isTest = (file) =>
    /^tests\/|\.test\.ts$|^[^/]+\/(test|testing|bench)\/|^tools\/(test|left-out)\.mjs$/.test(file);
  const broken = [];
  for (const file of files.filter((name) => /\.(ts|mjs)$/.test(name) && !name.includes('/gen/'))) {
    const text = readFileSync(join(jobs, file), 'utf8');
    const tell = (what, rule) => broken.push(`jobs/${file}: ${what}: ${rule}`);
    for (const [, specifier] of text.matchAll(IMPORT)) {
      const rule = ruleAgainst(file, specifier, isTest);
      if (rule) tell(`import of ${specifier}`, rule);
    }
    const most = file === `${file.split('/')[0]}/src/index.ts` ? MAX_EXPORTS[file.split('/')[0]] : undefined;
    if (most !== undefined) {
      const names = [...text.matchAll(EXPORTED)].flatMap(([, list]) => list.split(',').filter((name) => name.trim()));
      if (names.length > most) tell(`${names.length} exports`, `at most ${most} names leave this package`);
    }
    if (PURE.some((folder) => file.startsWith(folder)) && !isTest(file)) {
      const found = IMPURE.exec(text);
      if (found) tell(found[1], 'a pure folder takes what it needs as an argument');
    }
  }
  return broken;
}

function ruleAgainst(file, specifier, isTest) {
  const home = file.split('/')[0];
  if (specifier.startsWith('.')) {
    const target = relative('.', join(dirname(file), specifier));
    // The stack is no package, and exports nothing.
    if (home === 'tools' && target.startsWith('stack/') && !isTest(target)) return undefined;
    if (target.split('/')[0] !== home)
      return isTest(file) ? undefined : 'packages use each other by what they export only';
    if (isTest(target) && !isTest(file)) return 'nothing imports tests or their support';
    return isTest(file) ? undefined : floorAgainst(file, target);
  }
  if (isTest(file)) return undefined;
  const name = specifier.split('/')[0];
  if (PACKAGES.has(name) && name !== home) {
    const may = ROOMS.find(({ room }) => room === home)?.may ?? [];
    if (!may.includes(name)) return `${home} may import ${may.length === 0 ? 'npm packages only' : may.join(', ')}`;
    if (specifier.startsWith(`${name}/testing`)) return 'nothing imports tests or their support';
  }
  const only = ONLY.find(({ npm }) => specifier.startsWith(npm));
  if (only && !only.files.test(file)) return `only ${only.files.source} knows ${only.npm}`;
  if (PURE.some((folder) => file.startsWith(folder)) && specifier.startsWith('node:'))
    return 'a pure folder takes what it needs as an argument';
  if (IN_A_JOB.test(file) && IO.test(specifier)) return 'a job opens no file: that is what the lake is for';
  return undefined;
}

function floorAgainst(file, target) {
  for (const { room, floors } of FLOORS) {
    const floorOf = (name) => floors.findIndex((floor) => name.startsWith(`${room}/${floor}/`));
    const [from, to] = [floorOf(file), floorOf(target)];
    if (from !== -1 && to > from) return `${floors[from]} may not import ${floors[to]}: ${floors.join(' <- ')}`;
  }
  return undefined;
}

/** Circles of imports within the files, types aside; each as the files that it goes through. */
export function circles(files, jobs = 'jobs') {
  const known = new Set(files);
  const arrows = new Map(
    files.map((file) => {
      const text = readFileSync(join(jobs, file), 'utf8').replaceAll(/^(import|export) type [^;]*;/gm, '');
      const targets = [...text.matchAll(IMPORT)]
        .filter(([, specifier]) => specifier.startsWith('.'))
        .map(([, specifier]) => join(dirname(file), specifier));
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
  const found = [];
  const done = new Set();
  const visit = (file, way) => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    else if (!done.has(file)) {
      for (const target of arrows.get(file) ?? []) visit(target, [...way, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  return found;
}

/** The rooms as a table in Markdown. */
export function roomsTable() {
  const rows = ROOMS.map(({ room, may, is }) => [
    `\`jobs/${room}\``,
    is,
    may.length === 0 ? 'npm' : may.map((name) => `\`${name}\``).join(', '),
  ]);
  rows.push(['`jobs/tests`', 'what tests more than one package, and its support', 'everything; nothing imports it']);
  return ['| room | is | may import |', '| --- | --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join(
    '\n',
  );
}
