import { expect, test } from '@jest/globals';
import { isQuery } from './sql-text.ts';

test.each([
  'SELECT 1',
  '  select * from t',
  '(SELECT 1) UNION (SELECT 2)',
  "-- INSERT INTO t VALUES (1)\n/* DROP TABLE t; */ VALUES (1, 'DELETE')",
  'TABLE t',
  'WITH a AS (SELECT 1) SELECT * FROM a',
  'FROM t SELECT n',
  "SELECT 'INSERT' AS word",
])('%s is a query', (text) => expect(isQuery(text)).toBe(true));

test.each([
  'INSERT INTO t VALUES (1)',
  'insert into t select * from u',
  '/* SELECT */ CREATE TABLE t AS SELECT 1',
  'WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a',
  'FROM u INSERT INTO t SELECT * INSERT INTO v SELECT *',
  'SHOW TABLES',
  'SELECTED',
  '',
])('%s may be a command', (text) => expect(isQuery(text)).toBe(false));
