/** Cases of the frames of apache/spark-connect-swift. */
import { lists, type Peer, size } from './peer.ts';
import { swiftRows } from './swift-rows.ts';

export const swift: Peer = {
  name: 'apache/spark-connect-swift',
  cases: [
    { about: 'no column at all', does: async (s) => (await s.range(1).select().schema()).toDDL(), gives: '' },
    {
      about: 'one column',
      does: async (s) => (await s.range(1).select('id').schema()).toDDL(),
      gives: 'id BIGINT NOT NULL',
    },
    {
      about: 'columns in another order',
      does: (s) => s.sql('SELECT * FROM VALUES (1, 2)').select('col2', 'col1').columns(),
      gives: ['col2', 'col1'],
    },
    {
      about: 'a column that is not there',
      does: async (s) =>
        await s
          .range(1)
          .select('invalid')
          .schema()
          .catch(({ code }: { code: string }) => code),
      gives: 'server',
    },
    {
      about: 'at most so many rows',
      does: async (s) => [
        await size(s.range(10).limit(0)),
        await size(s.range(10).limit(1)),
        await size(s.range(10).limit(2)),
      ],
      gives: [0, 1, 2],
    },
    {
      about: 'whether there are rows',
      does: async (s) => [await s.range(0).isEmpty(), await s.range(1).isEmpty()],
      gives: [true, false],
    },
    {
      about: 'rows sorted',
      does: async (s) => [await s.range(10).sort('id').count(), await s.range(10).orderBy('id').count()],
      gives: [10n, 10n],
    },
    {
      about: 'a table made, filled and read by SQL',
      does: async (s) => {
        await s.sql('DROP TABLE IF EXISTS swift_t').count();
        const made = await s.sql('CREATE TABLE IF NOT EXISTS swift_t(a INT) USING parquet').count();
        const listed = await s.sql("SHOW TABLES LIKE 'swift_t'").count();
        const inserted = await s.sql('INSERT INTO swift_t VALUES (1), (2), (3)').count();
        const rows = await s.sql('SELECT * FROM swift_t').count();
        return [made, listed, inserted, rows, await s.sql('DROP TABLE swift_t').count()];
      },
      gives: [0n, 1n, 0n, 3n, 0n],
    },
    {
      about: 'rows shown, nulls among them',
      does: (s) => s.sql("SELECT * FROM VALUES (1, true, 'abc'), (null, null, null)").showString(),
      gives: [
        '+----+----+----+',
        '|col1|col2|col3|',
        '+----+----+----+',
        '|   1|true| abc|',
        '|NULL|NULL|NULL|',
        '+----+----+----+',
        '',
      ].join('\n'),
    },
    {
      about: 'a command shown',
      does: async (s) => (await s.sql('DROP TABLE IF EXISTS swift_t').showString()).length > 0,
      gives: true,
    },
    {
      about: 'a row of literals',
      does: (s) => lists(s.sql("SELECT * FROM VALUES ('abc', 'def')")),
      gives: [['abc', 'def']],
    },
    ...swiftRows,
  ],
  lacking: ['rows checked against a type of the program', 'TIMESTAMP with nanoseconds'],
};
