/** Makes the rows of a batch from the readers of its columns. */
import type { Read } from './fast-columns.ts';
import type { Row } from './row.ts';

type MakeRows = (count: number, reads: readonly Read[]) => Row[];

/** Of wider rows one is made name by name: an engine gives up on code that is too long. */
const MAX_COLUMNS = 100;
/** Programs ask for the same columns again and again; those that make up names for each query must not fill the memory. */
const MAX_KNOWN = 200;
const known = new Map<string, MakeRows>();

/** Objects with these names in this order, filled column by column from what the readers give. */
export function rowMaker(names: readonly string[]): MakeRows {
  if (names.length > MAX_COLUMNS) return (count, reads) => namedRows(names, count, reads);
  const key = JSON.stringify(names);
  const made = known.get(key);
  if (made !== undefined) return made;
  if (known.size >= MAX_KNOWN) known.clear();
  const maker = compiledMaker(names);
  known.set(key, maker);
  return maker;
}

/**
 * One literal for each row: an engine knows its form at once, where it would look up each name for each row.
 * The names are data of a server: they stand in the code only as JSON texts.
 */
function compiledMaker(names: readonly string[]): MakeRows {
  const readers = names.map((_, index) => `const r${index} = reads[${index}];`).join('\n');
  const properties = names.map((name, index) => `${keyText(name)}: r${index}(index)`).join(', ');
  const code = `${readers}
const rows = [];
for (let index = 0; index < count; index++) rows.push({ ${properties} });
return rows;`;
  try {
    // Not by node:vm, whose objects would be those of another realm where a test runner has its own.
    // oxlint-disable-next-line typescript/no-implied-eval -- the code is made of JSON texts and of words of ours
    return new Function('count', 'reads', code) as MakeRows;
  } catch {
    // A process may forbid code made of text.
    return (count, reads) => namedRows(names, count, reads);
  }
}

/** Only in brackets `__proto__` is a name like any other. */
function keyText(name: string): string {
  const text = JSON.stringify(name);
  return name === '__proto__' ? `[${text}]` : text;
}

function namedRows(names: readonly string[], count: number, reads: readonly Read[]): Row[] {
  const rows: Row[] = [];
  for (let index = 0; index < count; index++)
    rows.push(Object.fromEntries(names.map((name, column) => [name, (reads[column] as Read)(index)])));
  return rows;
}
