import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder, writeFileIn } from '../testing/temporary-folder.ts';
import { assertSameListing, chooseFiles, freezeInputFiles, type InputFolder, leftOutText } from './input-files.ts';
import { localStore } from './stores/local/store.ts';

const PREFIX = 'events/recipe_changes/2019/11/29';
const lax = { allowEmpty: true };
const strict = { allowEmpty: false };
/** A path whose last part is one byte a character, as an old archive writes it. */
const latin1 = (folder: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);

/** A landing in a lake and one named by hand, both with the same files. */
function landingWith(files: readonly string[], prefix: string): { landing: InputFolder; folder: string } {
  const root = temporaryFolder();
  const folder = join(root, prefix);
  mkdirSync(folder, { recursive: true });
  for (const name of files) writeFileIn(folder, name, `{"name":"${name}"}\n`);
  return { landing: { store: localStore(root), prefix }, folder };
}

describe.each([
  ["the lake's landing", PREFIX],
  ['a folder named by hand', ''],
])('freezing %s', (_, prefix) => {
  test('takes the known endings by name, and lists what it ignores', async () => {
    const names = ['b.json', 'a.jsonl', 'c.ndjson', 'd.json.gz', 'e.ndjson.zst'];
    const ignored = ['.hidden.json', '_tmp.json', 'f.csv', 'g.JSON', 'kafka.parquet', '_old/x.json', '.git/y.json'];
    const { landing, folder } = landingWith([...names, ...ignored], prefix);
    const frozen = await freezeInputFiles(landing, strict);
    expect(frozen.files.map((file) => file.url)).toStrictEqual(names.toSorted().map((name) => join(folder, name)));
    expect(frozen.input).toMatchObject({ source: 'files', folder });
    expect(frozen.input.ignored).toStrictEqual([
      '.git/',
      '.hidden.json',
      '_old/',
      '_tmp.json',
      'f.csv',
      'g.JSON',
      'kafka.parquet',
    ]);
  });

  test('without any file is no input, unless an empty day is allowed', async () => {
    const { landing } = landingWith(['readme.txt'], prefix);
    await expect(freezeInputFiles(landing, strict)).rejects.toMatchObject({
      code: 'no-input',
      exitCode: 3,
      message: expect.stringContaining('ignored: readme.txt'),
    });
    expect((await freezeInputFiles(landing, lax)).files).toStrictEqual([]);
  });

  test.each(['sub/a.json', 'a[1].json', 'a*.json', 'a:b.json', 'a?.jsonl', 'a\\b.ndjson'])(
    'refuses %s by name',
    async (name) => {
      const { landing } = landingWith(['a.json', name], prefix);
      const refusal = {
        code: 'usage',
        message: expect.stringContaining(JSON.stringify(name.replace('/a.json', '')).slice(1, -1)),
      };
      await expect(freezeInputFiles(landing, lax)).rejects.toMatchObject(refusal);
    },
  );

  const unreadable: readonly (readonly [string, (folder: string) => unknown, string])[] = [
    ['a link to nowhere', (folder) => symlinkSync('/nowhere', join(folder, 'b.json')), 'b.json'],
    ['a link to itself', (folder) => symlinkSync('b.json', join(folder, 'b.json')), 'b.json'],
    ['a named pipe', (folder) => execFileSync('mkfifo', [join(folder, 'b.json.gz')]), 'b.json.gz'],
    ['a name that is not UTF-8', (folder) => writeFileSync(latin1(folder, 'caf\xe9.json'), '{}'), 'caf\uFFFD.json'],
  ];
  test.each(unreadable)('refuses %s by name', async (_what, make, name) => {
    const { landing, folder } = landingWith(['a.json'], prefix);
    make(folder);
    await expect(freezeInputFiles(landing, lax)).rejects.toMatchObject({
      code: 'unreadable-input',
      exitCode: 2,
      message: expect.stringContaining(`${name.includes('\uFFFD') ? `"${name}"` : name} in ${folder} cannot be read`),
    });
  });

  test('lists what it leaves out on purpose, of whatever kind, and says so', async () => {
    const { landing, folder } = landingWith(['a.json', '_SUCCESS'], prefix);
    symlinkSync('/nowhere', join(folder, '.#a.json'));
    symlinkSync('/nowhere', join(folder, 'old.csv'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(latin1(folder, 'caf\xe9.txt'), '{}');
    const frozen = await freezeInputFiles(landing, strict);
    expect(frozen.input.files.map((file) => file.name)).toStrictEqual(['a.json']);
    expect(frozen.input.ignored).toStrictEqual(['.#a.json', '_SUCCESS', 'caf\uFFFD.txt', 'old.csv', 'pipe']);
    expect(leftOutText(frozen)).toContain(
      `left out in ${folder}: ".#a.json", _SUCCESS, "caf\uFFFD.txt", old.csv, pipe (expected are .json`,
    );
  });

  test('and looking again sees what was added, removed or written meanwhile', async () => {
    const { landing, folder } = landingWith(['a.json', 'b.json'], prefix);
    const frozen = await freezeInputFiles(landing, strict);
    await expect(assertSameListing(landing, frozen)).resolves.toBeUndefined();
    writeFileIn(folder, 'c.json', '{}');
    writeFileIn(folder, 'a.json', '{"other":1}');
    await expect(assertSameListing(landing, frozen)).rejects.toMatchObject({
      code: 'input-changed',
      exitCode: 6,
      message: expect.stringMatching(/: a\.json, c\.json in /),
    });
  });
});

test('names of what is left out are printed without what a terminal would obey, and not without end', () => {
  const input = (ignored: readonly string[]) => ({ source: 'files', folder: '/f', files: [], ignored }) as const;
  expect(leftOutText({ input: input([]) })).toBeUndefined();
  expect(leftOutText({ input: input(['a\u001b[2J\u009b2J.txt', 'b c']) })).toContain(
    String.raw`left out in /f: "a\u001b[2J\u009b2J.txt", "b c" (`,
  );
  const many = Array.from({ length: 12 }, (_, index) => `x${index}.csv`);
  expect(leftOutText({ input: input(many) })).toMatch(/ x9\.csv and 2 more \(/);
});

describe('a folder that is not there', () => {
  test.each(['the folder itself', 'a parent of it'])(
    'because %s is a link to nowhere is refused by name',
    async (what) => {
      const root = temporaryFolder();
      const link = join(root, what.startsWith('the') ? PREFIX : 'events');
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync('/not/mounted', link);
      const freeze = freezeInputFiles({ store: localStore(root), prefix: PREFIX }, lax);
      await expect(freeze).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringContaining(`${link} is a link`),
      });
    },
  );

  test("is an empty day in the lake's landing", async () => {
    const landing = { store: localStore(temporaryFolder()), prefix: PREFIX };
    await expect(freezeInputFiles(landing, strict)).rejects.toMatchObject({ code: 'no-input' });
    expect((await freezeInputFiles(landing, lax)).files).toStrictEqual([]);
  });

  test.each([strict, lax])('is wrong usage where it was named by hand: %j', async (options) => {
    const folder = join(temporaryFolder(), 'nothing');
    const freeze = freezeInputFiles({ store: localStore(folder), prefix: '' }, options);
    await expect(freeze).rejects.toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: `--input ${folder} does not exist`,
    });
  });

  test.each([strict, lax])('but a file is wrong usage everywhere: %j', async (options) => {
    const root = temporaryFolder();
    const file = writeFileIn(root, PREFIX, '{}');
    const message = expect.stringContaining(`${file} is a file`);
    const named = freezeInputFiles({ store: localStore(file), prefix: '' }, options);
    await expect(named).rejects.toMatchObject({ code: 'usage', message });
    const own = freezeInputFiles({ store: localStore(root), prefix: PREFIX }, options);
    await expect(own).rejects.toMatchObject({ code: 'usage', message });
  });
});

test('the fingerprint depends on the files, not on where they lie or what is ignored', async () => {
  const root = temporaryFolder();
  writeFileIn(root, 'a.json', '{}');
  const landing = { store: localStore(root), prefix: '' };
  const before = await freezeInputFiles(landing, strict);
  writeFileIn(root, 'notes.txt', '');
  expect((await freezeInputFiles(landing, strict)).fingerprint).toBe(before.fingerprint);
  writeFileIn(root, 'b.json', '{}');
  expect((await freezeInputFiles(landing, strict)).fingerprint).not.toBe(before.fingerprint);
});

test('names with a pattern are no matter where they are ignored', () => {
  const object = { key: 'a*.csv', sizeBytes: 0, etag: 'e', modifiedAt: new Date(0) };
  expect(chooseFiles({ objects: [object], folders: [], others: [] }, '/f')).toStrictEqual({
    files: [],
    ignored: ['a*.csv'],
  });
});
