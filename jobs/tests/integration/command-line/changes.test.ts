/** Kinds of change that CONTRIBUTING says need no TypeScript: each is made as it says, and works. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { smallLines } from '../../events/small-day.ts';
import { file } from '../../lakes/in-process.ts';
import { DATE, type ProcessLake, processLake } from '../../lakes/process-lake.ts';
import { publishedRows, quarantineLines } from '../../lakes/published-day.ts';
import { summaryOf } from '../../processes.ts';

const SCHEMAS = 'schema/schemas.yml';

let lake: ProcessLake;
beforeEach(async () => {
  lake = await processLake();
  const [first = '', ...others] = smallLines('changes', 10);
  const { image: _, ...bare } = JSON.parse(first) as Record<string, unknown>;
  await lake.land([file('events.json', JSON.stringify(bare), ...others)]);
});
afterEach(async () => {
  await lake[Symbol.asyncDispose]();
});

test('a rule with an existing check: recipes without an image are refused', async () => {
  await lake.configure([SCHEMAS, 'required: [url, ingredients]', 'required: [url, ingredients, image]']);
  expect(summaryOf(await lake.run('dataload'))).toMatchObject({
    exitCode: 0,
    counts: { published: 9, quarantined: 1 },
  });
  const [line] = await quarantineLines(lake.lake, DATE);
  expect(line?.reasons).toMatchObject([{ rule: 'required', field: 'image' }]);
});

test('a column of the table: the date of a recipe once more, as the text that it was', async () => {
  const url = '  - { name: url, type: string, nullable: false, from: url, as: trimmed }\n';
  await lake.configure([
    SCHEMAS,
    url,
    `${url}  - { name: published_text, type: string, from: datePublished, as: text }\n`,
  ]);
  expect(summaryOf(await lake.run('dataload'))).toMatchObject({ exitCode: 0, outcome: 'published' });
  for (const row of await publishedRows(lake.lake, DATE)) {
    const { date_published: date, published_text: text } = row as typeof row & {
      readonly published_text: string | null;
    };
    expect(text?.trim().slice(0, 10) ?? null).toBe(date);
  }
});

test('an option of Spark: the conf of an environment reaches the session', async () => {
  await lake.configure([
    'configs/local/spark_config.yml',
    'conf:\n',
    'conf:\n  spark.sql.shuffle.partitions: not-a-number\n',
  ]);
  expect(summaryOf(await lake.run('dataload')).message).toContain('spark.sql.shuffle.partitions');
});

test('an environment: a folder with the files of another', async () => {
  await lake.configure();
  const configs = join(lake.folder, 'home/configs');
  await cp(join(configs, 'local'), join(configs, 'mine'), { recursive: true });
  expect(summaryOf(await lake.run('dataload', ['--env', 'mine', '--dry-run']))).toMatchObject({ outcome: 'dry-run' });
  const unknown = await lake.run('dataload', ['--env', 'min']);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('mine');
});
