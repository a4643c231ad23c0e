import { expect, test } from '@jest/globals';
import { type Column, functions as F } from '../../../src/index.ts';
import type { Live } from './live.ts';

export function functionsSuite({ spark }: Live): void {
  const valueOf = async (column: Column): Promise<unknown> =>
    (await spark().range(0, 1).select(column.as('v')).collect())[0]?.['v'];

  test('text is cut, filled, replaced and matched', async () => {
    const [row] = await spark()
      .range(0, 1)
      .select(
        F.btrim(F.lit(' \ta '), ' \t').as('trimmed'),
        F.lpad(F.hex(255), 4, '0').as('padded'),
        F.substring(F.lit('abcdef'), 2, 3).as('part'),
        F.regexpExtract(F.lit('a1b22'), '([0-9]+)$', 1).as('last'),
        F.regexpExtractAll(F.lit('a1b22'), '[0-9]+', 0).as('all'),
        F.regexpReplace(F.lit('a1'), '[0-9]', '$0$0').as('doubled'),
        F.split(F.lit('a,b'), ',').as('pieces'),
        F.translate(F.lit('1,5'), ',', '.').as('point'),
        F.conv(F.lit('ff'), 16, 10).as('number'),
        F.concatWs('-', 'a', null, 'b').as('joined'),
        F.decode(F.unhex(F.lit('0000263A')), 'UTF-32').as('sign'),
        F.octetLength(F.lit('ü')).as('bytes'),
        F.length(F.lit('ü')).as('characters'),
        F.isValidUtf8(F.lit('a')).as('valid'),
        F.base64(F.encode(F.lit('a'), 'UTF-8')).as('base64'),
        F.right(F.lit('abc'), 1).as('right'),
        F.left(F.lit('abc'), 1).as('left'),
        F.replace(F.lit('a.b.'), '.', '!').as('replaced'),
      )
      .collect();
    expect(row).toEqual({
      trimmed: 'a',
      padded: '00FF',
      part: 'bcd',
      last: '22',
      all: ['1', '22'],
      doubled: '11'.padStart(3, 'a'),
      pieces: ['a', 'b'],
      point: '1.5',
      number: '255',
      joined: 'a-b',
      sign: '\u263a',
      bytes: 2,
      characters: 1,
      valid: true,
      base64: 'YQ==',
      right: 'c',
      left: 'a',
      replaced: 'a!b!',
    });
  });

  test('lambdas see their own variables and those around them', async () => {
    const list = F.lit([1, 2, 3]);
    const [row] = await spark()
      .range(0, 1)
      .select(
        F.transform(list, (x, index) => x.times(10).plus(index)).as('numbered'),
        F.filter(list, (x) => F.exists(F.lit([2, 3, 4]), (y) => y.eq(x))).as('both'),
        F.aggregate(
          list,
          F.lit(0n),
          (total, x) => total.plus(x),
          (total) => total.times(2),
        ).as('folded'),
        F.forall(list, (x) => x.gt(0)).as('all'),
        F.zipWith(list, F.lit([10, 20, 30]), (x, y) => x.plus(y)).as('zipped'),
        F.transform(list, (x) =>
          F.transform(list, (y) => F.transform(list, (z) => x.times(100).plus(y.times(10)).plus(z))),
        )
          .getItem(0)
          .getItem(1)
          .getItem(2)
          .as('deep'),
      )
      .collect();
    expect(row).toEqual({
      numbered: [10, 21, 32],
      both: [2, 3],
      folded: 12n,
      all: true,
      zipped: [11, 22, 33],
      deep: 123,
    });
  });

  test('arrays, maps and structs are taken apart', async () => {
    const [row] = await spark()
      .range(0, 1)
      .select(
        F.size(F.lit([1, 2])).as('size'),
        F.elementAt(F.lit([1, 2]), -1).as('last'),
        F.tryElementAt(F.lit([1]), 5).as('none'),
        F.slice(F.lit([1, 2, 3]), 2, 2).as('tail'),
        F.arrayCompact(F.array(1, null)).as('compact'),
        F.arrayExcept(F.lit([1, 2, 2]), F.lit([1])).as('except'),
        F.arrayJoin(F.lit(['a', 'b']), '+').as('joined'),
        F.sortArray(F.lit([2, 3, 1]), false).as('sorted'),
        F.flatten(F.array(F.lit([1]), F.lit([2]))).as('flat'),
        F.mapFromArrays(F.lit(['a', 'b']), F.lit([1, 2]))
          .getItem('b')
          .as('value'),
        F.mapKeys(F.mapFromArrays(F.lit(['a']), F.lit([1]))).as('keys'),
        F.mapContainsKey(F.mapFromArrays(F.lit(['a']), F.lit([1])), 'a').as('has'),
        F.struct({ a: 1, 'b.c': 2 }).getField('b.c').as('field'),
        F.struct({ a: 1, b: 2 }).withField('a', 3).dropFields('b').as('changed'),
      )
      .collect();
    expect(row).toEqual({
      size: 2,
      last: 2,
      none: null,
      tail: [2, 3],
      compact: [1],
      except: [2],
      joined: 'a+b',
      sorted: [3, 2, 1],
      flat: [1, 2],
      value: 2,
      keys: ['a'],
      has: true,
      field: 2,
      changed: { a: 3 },
    });
  });

  test('variants are parsed, asked and described', async () => {
    const json = F.tryParseJson(F.lit('{"a": [1, "x"], "b": null}'));
    expect(await valueOf(F.tryVariantGet(json, '$.a[0]', 'int'))).toBe(1);
    expect(await valueOf(F.tryVariantGet(json, '$.a[1]', 'int'))).toBeNull();
    expect(await valueOf(F.variantGet(json, '$.a[1]', 'string'))).toBe('x');
    expect(await valueOf(F.schemaOfVariant(json))).toBe('OBJECT<a: ARRAY<VARIANT>, b: VOID>');
    expect(await valueOf(F.tryParseJson(F.lit('{')).isNull())).toBe(true);
    expect(await valueOf(F.tryVariantGet(json, '$', 'map<string,variant>').getItem('b').isNotNull())).toBe(true);
  });

  test('dates, numbers and JSON are converted', async () => {
    expect(await valueOf(F.tryToDate(F.lit('2019-02-30')))).toBeNull();
    expect(await valueOf(F.toDate(F.lit('29.11.2019'), 'dd.MM.yyyy'))).toBe('2019-11-29');
    expect(await valueOf(F.round(2.345, 2))).toBe(2.35);
    expect(await valueOf(F.callFunction('div', 7n, 2n))).toBe(3n);
    expect(await valueOf(F.fromJson(F.lit('{"a":"1"}'), 'a INT', { mode: 'PERMISSIVE' }))).toEqual({ a: null });
    expect(await valueOf(F.toJson(F.struct({ a: 1 })))).toBe('{"a":1}');
    expect(await valueOf(F.expr('1 + 1'))).toBe(2);
  });

  test('aggregates are computed', async () => {
    const rows = spark().sql("SELECT * FROM VALUES (1, 'a'), (2, 'b'), (2, 'c') AS t(n, s)");
    const n = F.col('n');
    expect(
      await rows
        .agg({
          count: F.count(n),
          odd: F.countIf(n.mod(2).eq(1)),
          kinds: F.countDistinct(n),
          sum: F.sum(n),
          distinct: F.sumDistinct(n),
          avg: F.avg(n),
          min: F.min(n),
          max: F.max(n),
          by: F.maxBy(F.col('s'), F.col('s')),
          lowest: F.minBy(F.col('s'), n),
          list: F.sortArray(F.collectList(n)),
          set: F.sortArray(F.collectSet(n)),
          first: F.first(F.col('s')),
        })
        .collect(),
    ).toEqual([
      {
        count: 3n,
        odd: 1n,
        kinds: 2n,
        sum: 5n,
        distinct: 3n,
        avg: 5 / 3,
        min: 1,
        max: 2,
        by: 'c',
        lowest: 'a',
        list: [1, 2, 2],
        set: [1, 2],
        first: 'a',
      },
    ]);
  });
}
