/** Prunes type declarations to what can be named from the entry points, as a bundler does with code. */
import { dirname, join } from 'node:path/posix';

const IMPORT = /^import (?:type )?(?:\{ (?<names>[^}]*) \}|\* as (?<space>\w+)) from ['"](?<from>[^'"]+)['"];$/;
const EXPORTS = /^export (?<type>type )?\{ ?(?<names>[^}]*?) ?\}(?: from ['"](?<from>[^'"]+)['"])?;$/;
const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface|type|const|enum|function|let) (\w+)/m;

/**
 * @param {ReadonlyMap<string, string>} texts declarations as tsc writes them, by path
 * @param {readonly string[]} entries of which everything exported is kept
 * @returns {Map<string, string>} what is left of each file; files of which nothing is left are not in it
 */
export function pruneTypes(texts, entries) {
  const files = new Map([...texts].map(([path, text]) => [path, parsed(path, text)]));
  const used = new Set();
  const queue = entries.flatMap((path) => exportsOf(files.get(path)).map((name) => ({ path, name })));
  // A list may grow while it is walked.
  for (const { path, name } of queue) {
    const file = files.get(path);
    const key = `${path} ${name}`;
    if (file === undefined || used.has(key)) continue;
    used.add(key);
    queue.push(...wantedBy(path, name, file));
  }
  return new Map([...files].map(([path, file]) => [path, kept(path, file, used)]).filter(([, text]) => text !== ''));
}

/** What the declaration of a name names itself, where that stands. */
function wantedBy(path, name, file) {
  const listed = file.listed.get(name);
  if (listed?.from !== undefined) return [{ path: resolved(path, listed.from), name: listed.name }];
  const local = listed?.name ?? name;
  const codes = file.declared.filter((one) => one.name === local).map(({ code }) => code);
  return [local, ...codes].flatMap((code) =>
    [...code.matchAll(/(?<![.\w])(\w+)(?:\.(\w+))?/g)].flatMap(([, word, member]) => {
      const imported = file.imported.get(word);
      if (imported === undefined) return file.declared.some((one) => one.name === word) ? [{ path, name: word }] : [];
      file.words.add(word);
      return [{ path: resolved(path, imported.from), name: imported.isSpace ? member : imported.name }];
    }),
  );
}

const exportsOf = ({ listed, declared }) => [
  ...listed.keys(),
  ...declared.filter((one) => one.isExported).map(({ name }) => name),
];

const resolved = (path, from) => (from.startsWith('.') ? join(dirname(path), from).replace(/\.[jt]s$/, '.d.ts') : from);

/** A statement begins where a line begins with a word; a comment before it belongs to it, another to what went before. */
function statements(text) {
  const found = [];
  let comment = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('/**') || (comment.length > 0 && line.startsWith(' *'))) comment.push(line);
    else {
      if (/^[a-z]/.test(line)) found.push([]);
      found.at(-1)?.push(...comment, line);
      comment = [];
    }
  }
  return found.map((lines) => lines.join('\n').trimEnd());
}

function parsed(path, text) {
  const file = { imports: [], imported: new Map(), listed: new Map(), declared: [], words: new Set() };
  for (const statement of statements(text)) {
    const code = statement.replaceAll(/\/\*\*.*?\*\//gs, '').trim();
    const { names, space, from } = IMPORT.exec(code)?.groups ?? {};
    const list = EXPORTS.exec(code)?.groups;
    const name = DECLARED.exec(code)?.[1];
    if (from !== undefined) {
      const pairs = space === undefined ? renamed(names) : [{ name: space, as: space }];
      for (const { name: theirs, as } of pairs)
        file.imported.set(as, { from, name: theirs, isSpace: space !== undefined });
      file.imports.push({ from, space, pairs });
    } else if (list !== undefined) {
      for (const { name: theirs, as, isType } of renamed(list.names))
        file.listed.set(as, { name: theirs, from: list.from, isType: isType || list.type !== undefined });
    } else if (name !== undefined) file.declared.push({ name, code, statement, isExported: code.startsWith('export') });
    else if (code !== '') throw new Error(`${path}: no declaration that this script knows: ${code.slice(0, 80)}`);
  }
  return file;
}

/** `a, type b as c`. */
function renamed(names) {
  return names
    .split(',')
    .map((one) => /^(type )?(\w+)(?: as (\w+))?$/.exec(one.trim()))
    .filter((match) => match !== null)
    .map(([, type, name, as = name]) => ({ name, as, isType: type !== undefined }));
}

const shown = ({ name, as }) => (name === as ? name : `${name} as ${as}`);

function kept(path, file, used) {
  const isUsed = (name) => used.has(`${path} ${name}`);
  // A list names what is declared here under its local name.
  const isMeant = (name) => isUsed(name) || [...file.listed].some(([as, one]) => isUsed(as) && one.name === name);
  const body = file.declared.filter(({ name }) => isMeant(name)).map(({ statement }) => statement);
  const lists = [...file.listed]
    .filter(([as]) => isUsed(as))
    .map(([as, { name, from, isType }]) => {
      const source = from === undefined ? '' : ` from '${from}'`;
      return `export ${isType ? 'type ' : ''}{ ${shown({ name, as })} }${source};`;
    });
  const imports = file.imports
    .map(({ pairs, ...rest }) => ({ ...rest, pairs: pairs.filter(({ as }) => file.words.has(as)) }))
    .filter(({ pairs }) => pairs.length > 0)
    .map(({ from, space, pairs }) =>
      space === undefined
        ? `import type { ${pairs.map(shown).join(', ')} } from '${from}';`
        : `import type * as ${space} from '${from}';`,
    );
  const lines = [...imports, ...lists, ...body];
  return lines.length === 0 ? '' : `${[...lines, 'export {};'].join('\n')}\n`;
}
