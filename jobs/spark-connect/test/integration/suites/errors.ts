import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { functions as F, SparkError } from '../../../src/index.ts';
import type { Live } from './live.ts';

async function errorOf(work: Promise<unknown>): Promise<SparkError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SparkError)) throw new Error('A SparkError was expected.', { cause: error });
  return error;
}

export function errorsSuite({ spark, path }: Live): void {
  test('an unknown column is named, with its class, state and parameters', async () => {
    const error = await errorOf(spark().range(0, 1).select('nope').collect());
    expect(error).toMatchObject({
      code: 'server',
      errorClass: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
      sqlState: '42703',
      messageParameters: { objectName: '`nope`', proposal: '`id`' },
      retryable: false,
    });
    expect(error.operationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.classes).toContain('org.apache.spark.sql.AnalysisException');
  });

  test('a long message comes whole, and its parameters too', async () => {
    const name = 'n'.repeat(5_000);
    const error = await errorOf(spark().range(0, 1).select(name).collect());
    expect(error.message.length).toBeGreaterThan(5_000);
    expect(error).toMatchObject({
      errorClass: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
      messageParameters: { objectName: `\`${name}\`` },
    });
  });

  test('broken SQL is told apart', async () => {
    expect(await errorOf(spark().sql('SELEC 1').collect())).toMatchObject({
      errorClass: 'PARSE_SYNTAX_ERROR',
      sqlState: '42601',
    });
    expect(await errorOf(spark().execute('DROP TABLE nothing_there'))).toMatchObject({
      errorClass: 'TABLE_OR_VIEW_NOT_FOUND',
    });
  });

  test('a failing task says why', async () => {
    const error = await errorOf(
      spark()
        .range(0, 10)
        .select(F.raiseError(F.concat('row ', F.col('id').cast('string'))).as('x'))
        .collect(),
    );
    expect(error).toMatchObject({ code: 'server', errorClass: 'USER_RAISED_EXCEPTION' });
    expect(error.message).toContain('row ');
    expect(await errorOf(spark().sql('SELECT 1 / 0').collect())).toMatchObject({
      errorClass: 'DIVIDE_BY_ZERO',
      sqlState: '22012',
    });
  });

  test('the part of the SQL text that is to blame is pointed at, and the server tells its stack', async () => {
    const error = await errorOf(spark().sql('SELECT 7 AS ok, 1 / 0 AS bad').collect());
    expect(error.queryContexts).toEqual([
      expect.objectContaining({ kind: 'sql', startIndex: 16, stopIndex: 20, fragment: '1 / 0' }),
    ]);
    expect(error.queryContexts[0]?.summary).toContain('1 / 0');
    expect(error.serverStack.join('\n')).toMatch(/^org\.apache\.spark\..+\(QueryExecutionErrors\.scala:\d+\)$/m);
  });

  test('what lies behind an error is its cause, told by the server too', async () => {
    writeFileSync(path('broken.parquet'), 'this is no Parquet');
    const error = await errorOf(
      spark()
        .read.schema('n INT')
        .parquet([path('broken.parquet')])
        .collect(),
    );
    expect(error).toMatchObject({ errorClass: expect.stringContaining('FAILED_READ_FILE') });
    expect(error.cause).toBeInstanceOf(SparkError);
    expect(error.cause).toMatchObject({ message: expect.stringContaining('is not a Parquet file') });
  });

  test('a path that is not there is named', async () => {
    const error = await errorOf(spark().read.schema('a INT').json(path('not-there')).collect());
    expect(error).toMatchObject({ errorClass: 'PATH_NOT_FOUND' });
    expect(error.message).toContain(path('not-there'));
  });

  test('a plan that is too deep or too large is an error of usage', async () => {
    let deep = F.col('id');
    for (let level = 0; level < 600; level++) deep = deep.plus(1);
    expect(await errorOf(spark().range(1).select(deep).collect())).toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/nests \d+ levels deep/),
    });
    // Of chance: what can be compressed would go through.
    const bytes = randomBytes(129 * 1024 * 1024);
    expect(await errorOf(spark().range(1).select(F.lit(bytes).as('bytes')).collect())).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('larger than 134217728 bytes'),
    });
  });

  test('questions fail as actions do', async () => {
    expect(await errorOf(spark().range(0, 1).select('nope').schema())).toMatchObject({
      errorClass: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
    });
  });

  test('the session works on after errors', async () => {
    expect(await spark().range(0, 3).count()).toBe(3n);
  });
}
