import { describe, expect, test } from '@jest/globals';
import { ddlTypeText, parseDdl } from './ddl.ts';

const told = (ddl: string): string[] =>
  parseDdl(ddl).map(({ name, type, isNullable }) => `${name}|${ddlTypeText(type)}|${isNullable}`);

describe('a schema in DDL', () => {
  test('knows every type under all its names', () => {
    expect(told('a boolean, b BYTE, c TINYINT, d short, e SMALLINT, f int, g INTEGER, h LONG, i bigint')).toEqual([
      'a|BOOLEAN|true',
      'b|TINYINT|true',
      'c|TINYINT|true',
      'd|SMALLINT|true',
      'e|SMALLINT|true',
      'f|INT|true',
      'g|INT|true',
      'h|BIGINT|true',
      'i|BIGINT|true',
    ]);
    expect(told('a FLOAT, b REAL, c DOUBLE, d STRING, e BINARY, f DATE, g TIMESTAMP')).toEqual([
      'a|FLOAT|true',
      'b|FLOAT|true',
      'c|DOUBLE|true',
      'd|STRING|true',
      'e|BINARY|true',
      'f|DATE|true',
      'g|TIMESTAMP|true',
    ]);
    expect(told('a TIMESTAMP_LTZ, b timestamp_ntz, c TIME, d TIME(6), e MAP<STRING, ARRAY<INT>>')).toEqual([
      'a|TIMESTAMP|true',
      'b|TIMESTAMP_NTZ|true',
      'c|TIME|true',
      'd|TIME|true',
      'e|MAP<STRING, ARRAY<INT>>|true',
    ]);
    expect(told('a DECIMAL, b dec(5), c NUMERIC( 38 , 18 )')).toEqual([
      'a|DECIMAL(10,0)|true',
      'b|DECIMAL(5,0)|true',
      'c|DECIMAL(38,18)|true',
    ]);
  });

  test('nests, quotes names, and says what is never null', () => {
    expect(
      told("`a ``b` ARRAY<STRUCT<x: INT NOT NULL, `y z` ARRAY<STRING>>> NOT NULL COMMENT 'x, y', größe INT"),
    ).toEqual(['a `b|ARRAY<STRUCT<x: INT, y z: ARRAY<STRING>>>|false', 'größe|INT|true']);
    expect(parseDdl('a STRUCT<x: INT NOT NULL>')[0]?.type).toEqual({
      kind: 'struct',
      fields: [{ name: 'x', type: { kind: 'scalar', name: 'INT' }, isNullable: false }],
    });
  });

  test.each([
    ['', 'at its end, a name is missing'],
    ['a', 'at its end, a type is missing'],
    ['a INT,', 'at its end, a name is missing'],
    ['a INT b INT', 'before "b INT", a comma or the end is missing'],
    ['a ARRAY<INT', '">" is missing'],
    ['a ARRAY', '"<" is missing'],
    ['a INT NOT', 'NULL is missing'],
    ['a INT COMMENT b', 'the text of the comment is missing'],
    ['a VARIANT', 'rows cannot be made of type VARIANT, only of BOOLEAN'],
    ['a MAP<STRING>', '"," is missing'],
    ['a MAP<MAP<INT, INT>, INT>', 'a MAP cannot be the key of a MAP'],
    ['a TIME(3)', 'a TIME of rows has six digits'],
    ['a constructor', 'rows cannot be made of type CONSTRUCTOR'],
    ['a DECIMAL(39)', 'DECIMAL(39,0) cannot be'],
    ['a DECIMAL(2,3)', 'DECIMAL(2,3) cannot be'],
    ['a DECIMAL(x)', 'a number is missing'],
    ['a INT, a STRING', 'the name "a" is there twice'],
    ['a INT; b INT', 'before "; b INT", there is a sign that means nothing'],
  ])('"%s" is refused: %s', (ddl, message) => {
    expect(() => parseDdl(ddl)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
    );
  });
});
