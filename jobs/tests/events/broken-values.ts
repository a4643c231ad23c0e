/** Ways in which the values of an event break the rules. */
import { BAD_DURATIONS, UNFIXED_DURATIONS } from './broken-durations.ts';
import { NULL } from './clean-values.ts';
import { type Entry, type FieldValue, source, without, writeObject } from './json-writer.ts';
import { type Breaker, type FieldChange, set, type Way } from './breakage.ts';

type Values = readonly [FieldValue, ...FieldValue[]];

const WRONG_TYPES: Values = [
  source('0'),
  source('true'),
  source('["text"]'),
  source('{"text":"text"}'),
  source('-1.5e3'),
  source('false'),
  source('[]'),
  source('{}'),
  source('12345678901234567890'),
  source('[[""],null]'),
  source('{"":{"a":[]}}'),
  source('1e400'),
];

function written(change: FieldChange): Breaker {
  return (entries) => writeObject(change(entries));
}

function way(
  name: string,
  breaks: Way['breaks'],
  ...[first, ...others]: readonly [FieldChange, ...FieldChange[]]
): Way {
  return { name, breaks, variants: [written(first), ...others.map(written)] };
}

/** Each value in turn in the same field. */
function values(name: string, breaks: Way['breaks'], field: string, ...[first, ...others]: Values): Way {
  const put =
    (value: FieldValue): FieldChange =>
    (entries) =>
      set(entries, field, value);
  return way(name, breaks, put(first), ...others.map(put));
}

const FIELDS = [
  'name',
  'ingredients',
  'url',
  'image',
  'cookTime',
  'recipeYield',
  'datePublished',
  'prepTime',
  'description',
];

const all =
  (changes: Readonly<Record<string, FieldValue>>, ...missing: readonly string[]): FieldChange =>
  (entries) =>
    without(
      Object.entries(changes).reduce<readonly Entry[]>((changed, [name, value]) => set(changed, name, value), entries),
      ...missing,
    );

const everyTypeWrong = Object.fromEntries(FIELDS.map((field) => [field, source('7')]));

const SEVERAL: readonly Way[] = [
  way(
    'nothing_known',
    ['required:url', 'required:ingredients'],
    () => [],
    () => [['unknown', 'x']],
    () => [
      ['URL', 'x'],
      ['Ingredients', 'y'],
    ],
    () => [
      ['url', NULL],
      ['ingredients', NULL],
    ],
    all({}, 'url', 'ingredients'),
    () => [['event', source('{"url":"x","ingredients":"y"}')]],
  ),
  way(
    'every_type',
    [
      'type:name',
      'type:ingredients',
      'type:url',
      'type:image',
      'type:cookTime',
      'type:recipeYield',
      'type:datePublished',
      'type:prepTime',
      'type:description',
    ],
    all(everyTypeWrong),
    (entries) => [...all(everyTypeWrong)(entries)].reverse(),
  ),
  way(
    'every_text_rule',
    ['url_blank:url', 'ingredients_empty:ingredients', 'cook_time_malformed:cookTime', 'prep_time_malformed:prepTime'],
    all({ url: ' ', ingredients: '\n', cookTime: 'P', prepTime: 'soon', datePublished: '2019-02-30' }),
    all({ datePublished: 'x', prepTime: '5', cookTime: '5', ingredients: '&nbsp;', url: '', name: '' }),
  ),
  way(
    'types_and_missing',
    ['type:cookTime', 'type:prepTime', 'required:url', 'ingredients_empty:ingredients'],
    all({ cookTime: source('20'), prepTime: source('[5]'), ingredients: '', datePublished: '29.11.2019' }, 'url'),
    all({
      cookTime: source('{}'),
      prepTime: source('0'),
      ingredients: ' \r\n ',
      datePublished: '?',
      url: NULL,
      x: NULL,
    }),
  ),
  way(
    'missing_and_malformed',
    ['required:ingredients', 'url_blank:url', 'prep_time_malformed:prepTime'],
    all({ url: '\t', prepTime: 'PT5' }, 'ingredients'),
    all({ url: '\u{a0}', prepTime: '5 min', ingredients: NULL, name: NULL }),
  ),
  way(
    'two_durations',
    ['cook_time_malformed:cookTime', 'prep_time_malformed:prepTime'],
    all({ cookTime: 'P', prepTime: 'P' }),
    all({ cookTime: '1 hour', prepTime: '-PT5M' }),
  ),
  way(
    'type_beside_unknown_fields',
    ['type:description'],
    all({ description: source('["a"]'), rating: source('5'), Description: 'x' }),
    all({ description: source('{"a":1}'), note: NULL }, 'name'),
  ),
];

export const BROKEN_VALUES: readonly Way[] = [
  ...FIELDS.map((field) => values(`type_${field}`, [`type:${field}`], field, ...WRONG_TYPES)),
  way('url_missing', ['required:url'], (entries) => without(entries, 'url')),
  values('url_null', ['required:url'], 'url', NULL),
  values(
    'url_blank',
    ['url_blank:url'],
    'url',
    '',
    ' ',
    '\t',
    '\u{a0}',
    '\u{3000}',
    '\u{feff}',
    '\r\n',
    '\u{2028} \u{b}\u{c}',
  ),
  way('ingredients_missing', ['required:ingredients'], (entries) => without(entries, 'ingredients')),
  values('ingredients_null', ['required:ingredients'], 'ingredients', NULL),
  values(
    'ingredients_blank',
    ['ingredients_empty:ingredients'],
    'ingredients',
    '',
    ' ',
    '\n\n\n',
    '\r\n \r\t\n',
    '&nbsp;',
    '&#32;\n&#10;\n&#xFEFF;',
    '\u{a0}\n\u{2029}',
    '&Tab;&NewLine;\n&emsp;',
  ),
  ...[...BAD_DURATIONS].flatMap(([name, [first, ...others]]) => [
    values(`cook_time_${name}`, ['cook_time_malformed:cookTime'], 'cookTime', first, ...others),
    values(`prep_time_${name}`, ['prep_time_malformed:prepTime'], 'prepTime', first, ...others),
  ]),
  values('cook_time_unfixed', ['cook_time_not_fixed:cookTime'], 'cookTime', ...UNFIXED_DURATIONS),
  values('prep_time_unfixed', ['prep_time_not_fixed:prepTime'], 'prepTime', ...UNFIXED_DURATIONS),
  ...SEVERAL,
];
