import { expect, test } from '@jest/globals';
import { functions } from '../../../src/index.ts';
import type { Live } from './live.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** What the server lists as functions and is reached in another way, by that way. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'methods of a column': words('! != % * + - / < <= <=> <> = == > >= and or not between in'),
  'shiftLeft, shiftRight, shiftRightUnsigned, bitwiseNot': words('<< >> >>> ~'),
  'callFunction, being operators of bits': words('& ^ |'),
  concat: ['||'],
  when: ['case', 'if'],
  cast: words(`
    bigint binary boolean cast date decimal double float int smallint string time timestamp tinyint`),
  some: ['any'],
  createMap: ['map'],
  percentile: ['percentile_cont', 'percentile_disc'],
  'SQL, being tables': words('collations python_worker_logs sql_keywords variant_explode variant_explode_outer'),
  'range of a session': ['range'],
  'callFunction, for a descriptor of messages': ['from_protobuf', 'to_protobuf'],
};

/** What is here and on no list of the server: how an expression begins, orders, transforms of partitions, PySpark's other names. */
const NOT_LISTED = words(`
  callFunction col expr lit asc ascNullsFirst ascNullsLast desc descNullsFirst descNullsLast
  bucket days hours months years
  bitwiseNot countDistinct createMap listaggDistinct negate product stringAggDistinct sumDistinct timestampAdd timestampDiff
  unwrapUdt`);

/** `dayOfMonth` and `dayofmonth` are one name. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

export function functionListSuite({ spark }: Live): void {
  const listed = async (): Promise<string[]> =>
    (await spark().execute<{ function: string }>('SHOW SYSTEM FUNCTIONS')).map((row) => row.function);

  test('every function that the server lists is here, or is named with what stands for it', async () => {
    const here = new Set([...Object.keys(functions).map(plain), ...Object.values(ELSEWHERE).flat().map(plain)]);
    expect((await listed()).filter((name) => !here.has(plain(name)))).toEqual([]);
  });

  test('every function that is here is on the list of the server, or known to be on none', async () => {
    const there = new Set((await listed()).map(plain));
    expect(
      Object.keys(functions)
        .filter((name) => !there.has(plain(name)))
        .toSorted(),
    ).toEqual(NOT_LISTED.toSorted());
  });
}
