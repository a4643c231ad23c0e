import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { chooseReports, loadReports } from './load-reports.ts';
import { upperLimit } from './levels.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
const file = join(folder, 'schemas.yml');
afterAll(() => rmSync(folder, { recursive: true }));

/** A report that differs from beef_cooking_time in everything. */
const CHICKEN = `
  chicken_cooking_time:
    ingredient: chicken
    levels:
      - { name: quick, to: 20 }
      - { name: slow, above: 20 }
    columns:
      - { name: effort, type: string, as: level }
      - { name: minutes, type: double, as: average_minutes }
`;
const BOTH = `${readFileSync('schema/schemas.yml', 'utf8').trimEnd()}${CHICKEN}`;

function load(text: string): ReturnType<typeof loadReports> {
  writeFileSync(file, text);
  return loadReports(file);
}

/** With the text replaced that the file holds once, from its last place on. */
function withEdit(from: string, to: string): string {
  const at = BOTH.lastIndexOf(from);
  expect(at).toBeGreaterThan(0);
  return `${BOTH.slice(0, at)}${to}${BOTH.slice(at + from.length)}`;
}

test('the shipped file lists one report, whose manifests lie where they always have', () => {
  expect(loadReports('schema/schemas.yml')).toMatchObject([
    { name: 'beef_cooking_time', step: 'prepare', ingredient: 'beef' },
  ]);
});

test('another report is another row; it keeps its manifests under its own name', () => {
  const [beef, chicken] = load(BOTH);
  expect(beef).toMatchObject({ name: 'beef_cooking_time', step: 'prepare' });
  expect(chicken).toMatchObject({ name: 'chicken_cooking_time', step: 'chicken_cooking_time', ingredient: 'chicken' });
  expect(chicken?.levels.map(upperLimit)).toEqual([{ text: 'to: 20', minutes: 20, isIncluded: true }, undefined]);
});

test.each([
  [
    'one level that covers everything',
    '- { name: quick, to: 20 }\n      - { name: slow, above: 20 }',
    '- { name: all }',
  ],
  [
    'a level of one minute',
    '- { name: slow, above: 20 }',
    '- { name: x, above: 20, below: 30 }\n      - { name: y, from: 30, to: 30 }\n      - { name: z, above: 30 }',
  ],
  [
    'a column of the number of recipes',
    '{ name: minutes, type: double, as: average_minutes }',
    '{ name: n, type: bigint, as: recipes }',
  ],
])('%s is accepted', (_, from, to) => {
  expect(load(withEdit(from, to))).toHaveLength(2);
});

describe('what cannot be made is refused with the name of the report and what is wrong', () => {
  const QUICK = '{ name: quick, to: 20 }';
  const SLOW = '{ name: slow, above: 20 }';
  const LEVELS = `- ${QUICK}\n      - ${SLOW}`;
  const EFFORT = '{ name: effort, type: string, as: level }';
  const INGREDIENT = 'ingredient: chicken';

  test.each<[string, string, string, string]>([
    ['an unknown key', INGREDIENT, 'ingredeint: chicken', '.ingredeint; did you mean ingredient?'],
    ['a missing key', `    ${INGREDIENT}\n`, '', ' lacks the key ingredient'],
    ['an ingredient of two words', INGREDIENT, 'ingredient: chicken wing', '.ingredient must match pattern'],
    ['an unknown key of a level', QUICK, '{ name: quick, untl: 20 }', '.levels.0.untl'],
    [
      'an unknown column source',
      EFFORT,
      EFFORT.replace('as: level', 'as: levle'),
      '.columns.0.as is "levle", expected is one of level, average_minutes, recipes; did you mean level?',
    ],
    [
      'a column of another type',
      EFFORT,
      EFFORT.replace('string', 'double'),
      ': column effort is of type double, but level is a string',
    ],
    [
      'two columns of one name',
      EFFORT,
      EFFORT.replace('effort', 'minutes'),
      ': two columns are named minutes; rename one',
    ],
    [
      'a column that needs quoting',
      EFFORT,
      EFFORT.replace('effort', '"a,b"'),
      ': column "a,b" must begin with a letter and hold only a-z, 0-9 and _',
    ],
    [
      'no column',
      `columns:\n      - ${EFFORT}\n      - { name: minutes, type: double, as: average_minutes }`,
      'columns: []',
      '.columns must NOT have fewer than 1 items',
    ],
    ['no level', `levels:\n      ${LEVELS}`, 'levels: []', '.levels must NOT have fewer than 1 items'],
    ['a limit that is no whole minute', QUICK, '{ name: quick, to: 20.5 }', '.levels.0.to must be integer'],
    [
      'an empty level',
      SLOW,
      '{ name: slow, above: 20, to: 20 }',
      ': level slow is empty: no time fits above: 20 and to: 20',
    ],
    [
      'limits that shrink',
      SLOW,
      '{ name: slow, above: 20, below: 10 }',
      ': level slow is empty: no time fits above: 20 and below: 10',
    ],
    ['two lower limits', SLOW, '{ name: slow, above: 20, from: 20 }', ': level slow has both from and above; keep one'],
    ['two upper limits', QUICK, '{ name: quick, to: 20, below: 20 }', ': level quick has both to and below; keep one'],
    [
      'a gap of a moment',
      QUICK,
      '{ name: quick, below: 20 }',
      ': levels quick and slow leave a gap: quick ends with below: 20, slow begins with above: 20; let slow begin with from: 20',
    ],
    [
      'a gap of minutes',
      SLOW,
      '{ name: slow, from: 30 }',
      ': levels quick and slow leave a gap: quick ends with to: 20, slow begins with from: 30; let slow begin with above: 20',
    ],
    [
      'levels that share a moment',
      SLOW,
      '{ name: slow, from: 20 }',
      ': levels quick and slow overlap: quick ends with to: 20, slow begins with from: 20; let slow begin with above: 20',
    ],
    [
      'levels that share minutes',
      SLOW,
      '{ name: slow, above: 10 }',
      ': levels quick and slow overlap: quick ends with to: 20, slow begins with above: 10; let slow begin with above: 20',
    ],
    [
      'a level without an end before another',
      QUICK,
      '{ name: quick }',
      ': levels quick and slow overlap: quick has no upper limit',
    ],
    [
      'a level without a begin after another',
      SLOW,
      '{ name: slow }',
      ': levels quick and slow overlap: slow has no lower limit',
    ],
    [
      'times below all levels',
      QUICK,
      '{ name: quick, from: 5, to: 20 }',
      ': level quick begins with from: 5, so shorter times are in no level; drop that limit',
    ],
    [
      'times above all levels',
      SLOW,
      '{ name: slow, above: 20, to: 90 }',
      ': level slow ends with to: 90, so longer times are in no level; drop that limit',
    ],
    [
      'two levels of one name',
      SLOW,
      '{ name: quick, above: 20 }',
      ': the counts would hold quick twice; rename the level or the ingredient',
    ],
    ['a level named as the ingredient', SLOW, '{ name: chicken, above: 20 }', ': the counts would hold chicken twice'],
    [
      'a level that needs quoting',
      SLOW,
      '{ name: "very, slow", above: 20 }',
      ': level "very, slow" must begin with a letter',
    ],
    [
      'manifests in the folder of another report',
      INGREDIENT,
      `${INGREDIENT}\n    manifests: prepare`,
      ': its manifests would mix with those of reports.beef_cooking_time; choose another name for them',
    ],
    [
      'manifests in the folder of a job',
      INGREDIENT,
      `${INGREDIENT}\n    manifests: dataload`,
      ': its manifests would mix with those of dataload',
    ],
    [
      'manifests outside their folder',
      INGREDIENT,
      `${INGREDIENT}\n    manifests: ../x`,
      ': manifests "../x" must begin with a letter',
    ],
  ])('%s', (_, from, to, says) => {
    const place = `reports.chicken_cooking_time${says}`;
    const refused = () => load(withEdit(from, to));
    expect(refused).toThrow(
      expect.objectContaining({ code: 'config', exitCode: 2, message: expect.stringContaining(place) }),
    );
    expect(refused).toThrow(file);
  });

  test.each([
    [
      'a name that is no part of a key',
      'Chicken-Time',
      'reports.Chicken-Time: the name "Chicken-Time" must begin with a letter',
    ],
    [
      'a name that the lake uses itself',
      'recipes',
      'reports.recipes: the lake has a folder recipes already; choose another name',
    ],
    ['a name that is there already', 'beef_cooking_time', 'the key beef_cooking_time is there twice, again in line'],
  ])('%s', (_, name, says) => {
    expect(() => load(withEdit('chicken_cooking_time', name))).toThrow(
      expect.objectContaining({ code: 'config', exitCode: 2, message: expect.stringContaining(says) }),
    );
  });

  test('a file without reports', () => {
    expect(() => load('reports: {}')).toThrow('reports must NOT have fewer than 1 properties');
  });
});

test('one report is chosen by its name; an unknown name is answered with the nearest', () => {
  const reports = load(BOTH);
  expect(chooseReports(reports, undefined)).toBe(reports);
  expect(chooseReports(reports, 'chicken_cooking_time')).toEqual(reports.slice(1));
  const unknown = (message: string) => expect.objectContaining({ code: 'usage', exitCode: 2, message });
  expect(() => chooseReports(reports, 'chiken_cooking_time')).toThrow(
    unknown('unknown report --report "chiken_cooking_time"; did you mean chicken_cooking_time?'),
  );
  expect(() => chooseReports(reports, 'desserts')).toThrow(
    unknown('unknown report --report "desserts"; known are beef_cooking_time, chicken_cooking_time'),
  );
});
