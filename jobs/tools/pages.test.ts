/** The commands that pages tell are commands that there are. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { flagsOf, LAKE_COMMANDS } from 'cli';
import { expect, test } from '@jest/globals';
import { FLAGS } from 'runtime';

const ROOT = resolve(import.meta.dirname, '../..');
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
const { scripts } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Each command from its first word to the end of the line, the code span or the comment. */
function commandsOf(page: string, first: string): string[] {
  const text = readFileSync(resolve(ROOT, page), 'utf8').replaceAll('\\\n', ' ');
  return [...text.matchAll(new RegExp(`(?<![\\w:-])${first}([^\`\\n#]*)`, 'g'))].map(([, words = '']) => words.trim());
}

const flagsIn = (words: string): string[] => [...words.matchAll(/(?<= )--([a-z-]+)/g)].map(([, flag = '']) => flag);

test.each(pages)('%s names only scripts of package.json', (page) => {
  const named = commandsOf(page, 'npm run ').flatMap((words) => {
    if (/ -w /.test(` ${words}`)) return [];
    const [name = ''] = words.replace(/^--silent /, '').split(/[^\w:-]/);
    return [name];
  });
  expect(named.filter((name) => name !== '' && !Object.hasOwn(scripts, name))).toEqual([]);
});

test.each(pages)('%s calls lake commands with flags that they have', (page) => {
  const wrong = commandsOf(page, 'npm run lake -- ').filter((words) => {
    const [command = ''] = words.split(/[ |]/);
    if (!Object.hasOwn(LAKE_COMMANDS, command)) return command !== '';
    const known: readonly string[] = flagsOf(command as keyof typeof LAKE_COMMANDS);
    return flagsIn(words).some((flag) => !known.includes(flag));
  });
  expect(wrong).toEqual([]);
});

test.each(pages)('%s calls the jobs with flags that they have', (page) => {
  const words = ['dataload', 'prepare'].flatMap((job) => commandsOf(page, `npm run --silent job:${job} -- `));
  expect(words.flatMap(flagsIn).filter((flag) => flag !== 'help' && !Object.hasOwn(FLAGS, flag))).toEqual([]);
});
