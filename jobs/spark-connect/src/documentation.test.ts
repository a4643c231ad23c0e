import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { WhenColumn } from './expressions/when-column.ts';
import { WhenMatched, WhenNotMatched, WhenNotMatchedBySource } from './api/merge-into.ts';
import { RuntimeConf } from './api/conf.ts';
import * as api from './index.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
/** The tables of which `functions` is made. */
const TABLES = readdirSync(join(import.meta.dirname, 'expressions/functions')).map((file) => file.replace('.ts', ''));
const DOC = /PySpark: `|Not in PySpark\./;
const OWNER = /^export declare (?:abstract )?(?:class|const|function) (\w+)/;
const MEMBER = /^ {4}(?:static |readonly |get |set |async |protected |abstract )*(\w+)[(<:?]/;

let folder: string;
let documented: ReadonlyMap<string, string>;

/** What the declarations that others get say about each member: `DataFrame.select` and so on. */
function documentation(declarations: string): Map<string, string> {
  const found = new Map<string, string>();
  let owner = '';
  let comment = '';
  let isComment = false;
  for (const line of declarations.split('\n')) {
    const opens = /^\s*\/\*\*/.test(line);
    if (opens) comment = '';
    if (opens || isComment) {
      comment += `${line}\n`;
      isComment = !line.includes('*/');
      continue;
    }
    const top = OWNER.exec(line)?.[1];
    const member = MEMBER.exec(line)?.[1];
    owner = top ?? owner;
    const name = top ?? (member === undefined ? undefined : `${owner}.${member}`);
    if (name !== undefined) found.set(name, (found.get(name) ?? '') + comment);
    comment = '';
  }
  return found;
}

/** What a caller can reach, asked of the running code: nothing is missed because of how it is written. */
function reachable(exported: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(exported).flatMap(([name, value]) => {
    if (typeof value === 'object') return Object.keys(value ?? {}).map((member) => `${name}.${member}`);
    const members = inherited((value as { prototype?: object }).prototype ?? null);
    const statics = Object.getOwnPropertyNames(value).filter((member) => !/^(length|name|prototype)$/.test(member));
    return [
      name,
      ...[...members, ...statics]
        .filter((it) => !['constructor', 'with', 'changed'].includes(it))
        .map((it) => `${name}.${it}`),
    ];
  });
}

/** The names of a class and of those that it extends. */
function inherited(prototype: object | null): string[] {
  if (prototype === null || prototype === Object.prototype || prototype === Error.prototype) return [];
  return [...Object.getOwnPropertyNames(prototype), ...inherited(Object.getPrototypeOf(prototype) as object)];
}

/** The classes that a class says its words in, beside itself. */
const EXTENDED: Readonly<Record<string, readonly string[]>> = {
  DataFrame: ['FrameSets', 'FrameRows', 'FrameColumns', 'FrameQuestions', 'Frame'],
  WhenColumn: ['Column'],
};

const namesOf = (name: string): readonly string[] => {
  const [owner = '', member = ''] = name.split('.');
  if (owner === 'functions') return TABLES.map((table) => `${table}.${member}`);
  return [name, ...(EXTENDED[owner] ?? []).map((extended) => `${extended}.${member}`)];
};

const said = (name: string): string =>
  namesOf(name)
    .map((it) => documented.get(it) ?? '')
    .join('');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spark-connect-types-'));
  const options = ['-p', 'jobs/spark-connect/tsconfig.build.json', '--emitDeclarationOnly', '--outDir', folder];
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), options, { cwd: ROOT });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  documented = new Map(files.flatMap((file) => [...documentation(readFileSync(join(folder, file), 'utf8'))]));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = reachable({ ...api, RuntimeConf, WhenColumn, WhenMatched, WhenNotMatched, WhenNotMatchedBySource });

test('the walk reaches classes, accessors, statics, tables and functions', () => {
  const some = ['DataFrame.select', 'DataFrame.write', 'SparkSession.connect', 'functions.upper', 'Window.orderBy'];
  expect(names).toEqual(expect.arrayContaining([...some, 'RuntimeConf.get', 'planToJson']));
});

test('everything public has words, and methods and functions of Spark the name that PySpark gives them', () => {
  const isOurs = (name: string): boolean => name.endsWith('.toPlan') || !name.includes('.');
  const silent = names.filter((name) => !(isOurs(name) ? /\w/ : DOC).test(said(name)));
  expect(silent).toEqual([]);
});

test('what a column is made of is not public', () => {
  const column = readFileSync(join(folder, 'expressions/column.d.ts'), 'utf8');
  expect(column).toMatch(/class Column \{\n +#private;/);
  expect(column).not.toMatch(/^ +(?:readonly )?expression\b/m);
});

test('the published type of the functions keeps what is said about each', () => {
  expect(readFileSync(join(folder, 'expressions/functions/index.d.ts'), 'utf8')).toMatch(/typeof text &/);
});

test('a member without words is found, whatever stands above the one before it', () => {
  const found = documentation(
    'export declare class A {\n    /** One. PySpark: `one`. */\n    one(): void;\n    two(): void;\n}\n',
  );
  expect([...found]).toEqual([
    ['A', ''],
    ['A.one', '    /** One. PySpark: `one`. */\n'],
    ['A.two', ''],
  ]);
});
