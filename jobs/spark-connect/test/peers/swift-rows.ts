/** Cases of the readers and of rows of a client's own of apache/spark-connect-swift. */
import type { SparkSession } from '../../src/index.ts';
import { lists, type PeerCase, size } from './peer.ts';

const people = 'name STRING, age INT';
const codeOf = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const texts = (spark: SparkSession, ...values: readonly string[]) =>
  spark.createDataFrame(values.map((value) => ({ value })));
const DAYS = ['0001-01-01', '1969-12-31', '1970-01-01', '2106-02-07', '2106-02-08', '9999-12-31'];
const long = 'x'.repeat(200);
const many = Array.from({ length: 10_000 }, (_, id) => ({ id, value: long }));

export const swiftRows: readonly PeerCase[] = [
  {
    about: 'texts of a frame read as CSV',
    does: async (s) => await size(s.read.csv(texts(s, 'Alice,25', 'Bob,30'))),
    gives: 2,
  },
  {
    about: 'texts of a frame read as JSON',
    does: async (s) => await size(s.read.json(texts(s, '{"name":"Alice","age":25}', '{"name":"Bob","age":30}'))),
    gives: 2,
  },
  {
    about: 'texts of a frame read as XML',
    does: async (s) => {
      const rows = ['Alice', 'Bob'].map((name) => `<person><name>${name}</name></person>`);
      return await size(s.read.option('rowTag', 'person').xml(texts(s, ...rows)));
    },
    gives: 2,
  },
  {
    about: 'a schema that is said',
    does: async (s) => {
      const parsed = s.read.schema('age SHORT, name STRING').json(texts(s, '{"name":"Alice","age":25}'));
      return [(await parsed.schema()).toDDL(), await lists(parsed)];
    },
    gives: ['age SMALLINT, name STRING', [[25, 'Alice']]],
  },
  {
    about: 'schemas that are none',
    does: async (s) => [
      await codeOf(() => s.read.schema('invalid-name SHORT').json('/nowhere').schema()),
      await codeOf(() => s.read.schema('age UNKNOWN_TYPE').json('/nowhere').schema()),
    ],
    gives: ['server', 'server'],
  },
  {
    about: 'a table read by its name',
    does: async (s) => {
      await s.execute('DROP TABLE IF EXISTS swift_orc');
      await s.execute('CREATE TABLE swift_orc USING orc AS VALUES (1), (2)');
      const rows = await size(s.read.table('swift_orc'));
      await s.execute('DROP TABLE swift_orc');
      return rows;
    },
    gives: 2,
  },
  {
    about: 'rows with a null',
    does: async (s) => {
      const rows = [{ id: 1, name: 'Alice' }, { id: 2, name: 'Bob' }, { id: 3 }];
      const frame = s.createDataFrame(rows, 'id INT, name STRING');
      return [await frame.columns(), await frame.count(), await lists(frame)];
    },
    gives: [
      ['id', 'name'],
      3n,
      [
        [1, 'Alice'],
        [2, 'Bob'],
        [3, null],
      ],
    ],
  },
  {
    about: 'a column without nulls stays one',
    does: async (s) => (await s.createDataFrame([{ id: 1 }], 'id INT NOT NULL, name STRING').schema()).toDDL(),
    gives: 'id INT NOT NULL, name STRING',
  },
  {
    about: 'values of many types, and their nulls',
    does: async (s) => {
      const schema =
        'a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h STRING, i DATE, j TIMESTAMP';
      const at = new Date(1_706_000_000_500);
      const row = { a: true, b: 1, c: 2, d: 3, e: 4n, f: 1.5, g: 2.5, h: 'abc', i: '2022-01-08', j: at };
      return await lists(s.createDataFrame([row, {}], schema));
    },
    gives: [
      [true, 1, 2, 3, 4n, 1.5, 2.5, 'abc', '2022-01-08', new Date(1_706_000_000_500)],
      Array.from({ length: 10 }, () => null),
    ],
  },
  {
    about: 'days from the first to the last',
    does: async (s) => {
      const frame = s.createDataFrame(
        DAYS.map((d) => ({ d })),
        'd DATE',
      );
      return [(await lists(frame)).flat(), (await lists(frame.selectExpr('CAST(d AS STRING)'))).flat()];
    },
    gives: [DAYS, DAYS],
  },
  {
    about: 'bytes, and none',
    does: (s) => s.createDataFrame([{ a: new Uint8Array([1, 2, 3]) }, {}], 'a BINARY').count(),
    gives: 2n,
  },
  {
    about: 'no rows',
    does: async (s) => {
      const frame = s.createDataFrame([], people);
      return [await frame.columns(), await frame.count(), await frame.collect()];
    },
    gives: [['name', 'age'], 0n, []],
  },
  {
    about: 'no rows and no schema',
    does: (s) => codeOf(() => s.createDataFrame([]).collect()),
    gives: 'usage',
  },
  {
    about: 'values that do not fit',
    does: async (s) => [
      await codeOf(() => s.createDataFrame([{ id: 'a' }], 'id INT').collect()),
      await codeOf(() => s.createDataFrame([{ id: 2_147_483_648n }], 'id INT').collect()),
      await codeOf(() => s.createDataFrame([{ id: 1, more: 2 }], 'id INT').collect()),
      await codeOf(() => s.createDataFrame([{ id: 1 }], 'INT').collect()),
    ],
    gives: ['usage', 'usage', 'usage', 'usage'],
  },
  {
    about: 'long texts',
    does: async (s) => {
      const rows = Array.from({ length: 16 }, (_, id) => ({ id, value: `${long}${id}` }));
      const values = (await lists(s.createDataFrame(rows, 'id INT, value STRING'))).map(([, value]) => value);
      return [values.length, values[0], values[15]];
    },
    gives: [16, `${long}0`, `${long}15`],
  },
  {
    about: 'rows that are large, twice',
    does: async (s) => {
      const frame = s.createDataFrame(many, 'id INT, value STRING');
      const again = s.createDataFrame(many, 'id INT, value STRING');
      const last = frame.filter('id = 9999');
      return [await frame.count(), await lists(frame.selectExpr('sum(id)')), await lists(last), await again.count()];
    },
    gives: [10_000n, [[49_995_000n]], [[9_999, long]], 10_000n],
  },
];
