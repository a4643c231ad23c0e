/** The commands of the READMEs, run by tests as a person would copy them. */
import { readFileSync } from 'node:fs';

interface Package {
  readonly scripts: Readonly<Record<string, string>>;
}
export const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as Package;

/** Each command of a page's `sh` blocks, without its comment. */
export function commandsOf(page: string): string[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms);
  const lines = Array.from(blocks, ([, text = '']) => text.replaceAll('\\\n', ' ').split('\n')).flat();
  return lines.map((line) => line.replace(/(^|\s+)#.*$/, '').trim()).filter((line) => line !== '');
}

/**
 * The command of a page as a process.
 *
 * @param start a command of the page, or that with which one of them begins
 * @param places words to put in place of those of the page, such as a folder of the test
 * @returns the file that npm would run, and its words
 */
export function pageCommand(
  page: string,
  start: string,
  places: Readonly<Record<string, string>> = {},
): [file: string, words: string[]] {
  const commands = commandsOf(page);
  const found = commands.includes(start) ? [start] : commands.filter((command) => command.startsWith(start));
  if (found.length !== 1) throw new Error(`${page} should have one command that begins with ${start}`);
  const [, script = '', rest = ''] = /^npm (?:run (?:--silent )?)?([\w:]+)(?: -- (.*))?$/.exec(found[0] ?? '') ?? [];
  const file = /^node (\S+)$/.exec(scripts[script] ?? '')?.[1];
  if (file === undefined) throw new Error(`${found[0]} of ${page} should run a script of package.json`);
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const strange = Object.keys(places).filter((word) => !words.includes(word));
  if (strange.length > 0) throw new Error(`${found[0]} of ${page} does not name ${strange.join(', ')}`);
  return [file, words.map((word) => places[word] ?? word)];
}
