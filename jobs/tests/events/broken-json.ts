/** Ways in which a line is not exactly one JSON object. */
import { type Entry, writeObject, writeString } from './json-writer.ts';
import type { Breaker, Way } from './breakage.ts';

type TextChange = (line: string) => string;
type Changes = readonly [TextChange, ...TextChange[]];

/** Puts another member in front of those of the line. */
const inside =
  (member: string): TextChange =>
  (line) =>
    `{${member},${line.slice(1)}`;

function malformed(name: string, ...changes: Changes): Way {
  const [first, ...others] = changes.map(
    (change): Breaker =>
      (entries) =>
        change(writeObject(entries)),
  );
  return { name, breaks: ['malformed'], variants: [first ?? String, ...others] };
}

function duplicated(name: string, ...members: readonly [string, ...string[]]): Way {
  const [first, ...others] = members.map(inside);
  return malformed(name, first ?? String, ...others);
}

/** Valid JSON, but more than Spark's parser reads. */
function beyondParser(rule: string, first: string, ...others: readonly string[]): Way {
  return { ...malformed(rule, inside(first), ...others.map(inside)), breaks: [rule] };
}

/** One of the line's own fields once more. */
const twice: Breaker = (entries, random) => {
  const [name, value] = random.pick([entries[0] ?? ['url', 'x'], ...entries.slice(1)]);
  return writeObject([...entries, [name, value]]);
};

/** The same key in another spelling. */
const escapedTwice: Breaker = (entries) => {
  const url = entries.find(([name]) => name === 'url')?.[1];
  return writeObject([...entries]).replace(/\}$/, `,"\\u0075rl":${typeof url === 'string' ? writeString(url) : '""'}}`);
};

function quoted(text: string, single: boolean): string {
  return single ? `'${text.replaceAll(/['"\\\n\r]/g, ' ')}'` : writeString(text);
}

const requoted = (keys: boolean, values: boolean) => (entries: readonly Entry[]) => {
  const members = entries.map(([name, value]) => {
    const json = typeof value === 'string' ? quoted(value, values) : value.source;
    return `${quoted(name, keys)}:${json}`;
  });
  return `{${members.join(',')}}`;
};

const NEVER_JSON_SPACE = ['\u{a0}', '\u{b}', '\u{c}', '\u{2028}', '\u{3000}', '\u{feff}', '\u{85}', '\u{0}'];

export const BROKEN_JSON: readonly Way[] = [
  malformed(
    'truncated',
    (line) => line.slice(0, -1),
    (line) => line.slice(0, Math.floor(line.length / 2)),
    () => '{',
    () => '{"url"',
    () => '{"url":',
    () => '{"url":"https://kitchen-notes.example/',
    () => '{"url":"https://kitchen-notes.example/\\',
    () => '{"url":"x","ingredients":"y",',
  ),
  malformed(
    'junk_after',
    (line) => `${line} x`,
    (line) => `${line},`,
    (line) => `${line};`,
    (line) => `${line}"`,
    (line) => `${line} null`,
    (line) => `${line}1`,
    (line) => `${line} // done`,
    ...NEVER_JSON_SPACE.map(
      (space): TextChange =>
        (line) =>
          line + space,
    ),
  ),
  malformed(
    'junk_before',
    (line) => `x${line}`,
    (line) => `,${line}`,
    (line) => `"a"${line}`,
    (line) => `)]}'${line}`,
    (line) => `\u{feff}\u{feff}${line}`,
    (line) => ` \u{feff}${line}`,
    ...NEVER_JSON_SPACE.filter((space) => space !== '\u{feff}').map(
      (space): TextChange =>
        (line) =>
          space + line,
    ),
  ),
  malformed(
    'two_objects',
    (line) => line + line,
    (line) => `${line} ${line}`,
    (line) => `${line}\r${line}`,
    (line) => `${line},${line}`,
    (line) => `${line}\t{}`,
    (line) => `{}${line}`,
  ),
  malformed(
    'stray_brace',
    (line) => `${line}}`,
    (line) => `{${line}`,
    (line) => `}${line}`,
    (line) => `${line.slice(0, -1)}]`,
    (line) => `[${line.slice(1)}`,
    (line) => `${line}]`,
    (line) => `{${line}}`,
    (line) => `(${line})`,
  ),
  malformed(
    'closes_a_wrapper',
    (line) => `${line},"x":{}`,
    (line) => `${line},"x":{`,
    (line) => `${line}],`,
    (line) => `${line}],[${line}`,
    (line) => `${line}]},{"a":[${line}`,
    (line) => `${line}},{"x":${line}`,
    (line) => `${line}],"x":[{}`,
  ),
  malformed(
    'array',
    () => '[]',
    (line) => `[${line}]`,
    (line) => `[${line},${line}]`,
    () => '[1,"two",null]',
  ),
  malformed(
    'scalar',
    () => '1',
    () => '-0.5e3',
    () => 'true',
    () => 'false',
    () => '"text"',
    () => '""',
    (line) => writeString(line),
  ),
  malformed(
    'null',
    () => 'null',
    () => ' null\r',
  ),
  malformed(
    'no_json',
    () => 'name,ingredients,url',
    () => '<recipe/>',
    () => '---',
    () => '{}{',
    () => 'undefined',
    () => '\u{a0}',
    () => '\u{3000}\u{2028}',
    () => '\u{b}\u{c}',
    () => '\u{feff}\u{feff}',
    () => '\u{0}',
  ),
  { name: 'duplicate_key', breaks: ['malformed'], variants: [twice, escapedTwice] },
  duplicated(
    'duplicate_key_unknown',
    '"a":1,"a":2',
    '"a":1,"\\u0061":1',
    '"a":null,"a":null',
    '"":0,"":0',
    '"é":1,"\\u00e9":2',
  ),
  duplicated(
    'duplicate_key_nested',
    '"a":{"k":1,"k":2}',
    '"a":{"k":1,"\\u006b":1}',
    '"a":{"b":{"c":{"k":[],"x":{},"k":null}}}',
    '"a":[{"k":1},{"k":1,"l":0,"k":1}]',
    '"a":[[[{"k":{"k":1},"k":{}}]]]',
  ),
  {
    name: 'single_quotes',
    breaks: ['malformed'],
    variants: [requoted(true, true), requoted(true, false), requoted(false, true)],
  },
  malformed('bare_keys', (line) => line.replaceAll(/"(\w+)":/g, '$1:'), inside('a:1'), inside('1:1')),
  malformed(
    'no_number',
    inside('"a":NaN'),
    inside('"a":-Infinity'),
    inside('"a":Infinity'),
    inside('"a":nan'),
    inside('"a":[NaN]'),
    inside('"a":01'),
    inside('"a":-01'),
    inside('"a":.5'),
    inside('"a":1.'),
    inside('"a":+1'),
    inside('"a":0x1F'),
    inside('"a":1e'),
    inside('"a":1_000'),
    inside('"a":-'),
    inside('"a":1.e3'),
    inside('"a":\u{661}'),
  ),
  malformed(
    'no_literal',
    inside('"a":True'),
    inside('"a":None'),
    inside('"a":undefined'),
    inside('"a":NULL'),
    inside('"a":nul'),
    inside('"a":text'),
    inside('"a":'),
    inside('"a"'),
  ),
  malformed(
    'control_character',
    inside('"a":"tab\there"'),
    inside('"a":"return\rhere"'),
    inside('"a":"nul\u{0}here"'),
    inside('"a":"\u{1f}"'),
    inside('"a":"back\u{8}"'),
    inside('"k\tey":1'),
    (line) => line.replace(/("url":")/, '$1\t'),
  ),
  malformed(
    'comma',
    (line) => `${line.slice(0, -1)},}`,
    (line) => `${line.slice(0, -1)} , \t}`,
    (line) => `{,${line.slice(1)}`,
    (line) => `${line.slice(0, -1)},,"a":1}`,
    inside('"a":[1,]'),
    inside('"a":{"b":1,}'),
    inside('"a":[,1]'),
    inside('"a":[1 2]'),
    inside('"a":1 "b":2'),
    inside('"a":1;"b":2'),
  ),
  malformed('colon', inside('"a"=1'), inside('"a"::1'), inside('"a",1'), inside('"a" 1')),
  malformed(
    'comment',
    inside('/* a */"a":1'),
    inside('"a":1/* b */'),
    (line) => `/* a */${line}`,
    (line) => `${line}# end`,
    (line) => `//${line}`,
  ),
  malformed(
    'bad_escape',
    inside('"a":"\\x41"'),
    inside(String.raw`"a":"\'"`),
    inside('"a":"\\u12"'),
    inside('"a":"\\u{1F372}"'),
    inside('"a":"\\U0041"'),
    inside('"a":"\\0"'),
    inside('"a":"\\a"'),
    inside('"a":"\\\r"'),
    inside('"\\q":1'),
  ),
  beyondParser(
    'too_deep',
    `"a":${'['.repeat(999)}${']'.repeat(999)}`,
    `"a":${'{"b":'.repeat(1200)}1${'}'.repeat(1200)}`,
  ),
  beyondParser('number_too_long', `"a":${'1'.repeat(1001)}`, `"a":[-0.${'5'.repeat(2000)}]`),
  beyondParser('key_too_long', `"${'k'.repeat(50_001)}":1`),
  malformed('open_text', inside('"a":"b'), inside('"a":"b\\"'), inside('"a:1'), inside('"a":b"')),
];
