/** Configuration and schema are checked before anything is read: what is wrong is named by file and key. */
import { writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { type Edit, processLake } from '../../lakes/process-lake.ts';
import { summaryOf } from '../../processes.ts';

const AWS = 'configs/local/aws_config.yml';
const SPARK = 'configs/local/spark_config.yml';
const LOGGING = 'configs/local/logging_config.yml';
const SCHEMAS = 'schema/schemas.yml';
const URL_RULE = 'name: url_blank, field: url, check: not_blank';

test.each<[string, Edit, readonly string[]]>([
  ['an unknown key', [AWS, 'single_writer:', 'single_writter:'], ['single_writter', 'mean single_writer?']],
  ['an unknown key inside', [AWS, 'max_shrinkage:', 'max_shrinkag:'], ['audit.max_shrinkag', 'mean max_shrinkage?']],
  ['a value out of range', [AWS, 'share: 0.2', 'share: 20'], ['audit.max_quarantined_share', '<= 1', '20']],
  ['a value that is none of the known', [LOGGING, 'level: info', 'level: inf'], ['level', '"inf"', 'mean info?']],
  ['a missing key', [SPARK, 'remote:', '# remote:'], ['remote']],
  ['a variable that is not set', [SPARK, '${SPARK_REMOTE:-sc://127.0.0.1:15002}', '${SPARK_RMOTE}'], ['SPARK_RMOTE']],
  ['text that is no YAML', [SPARK, 'conf:', 'conf: [}'], []],
  [
    'a conf that decides what a day holds',
    [SPARK, 'conf:\n', "conf:\n  spark.sql.ansi.enabled: 'false'\n"],
    ['conf.spark.sql.ansi.enabled', 'is fixed to "true"', 'remove the line'],
  ],
  ['a rule on an unknown column', [SCHEMAS, URL_RULE, URL_RULE.replace('url,', 'uri,')], ['url_blank', 'uri', 'url']],
  ['an unknown check', [SCHEMAS, 'check: not_blank', 'check: not_blnk'], ['"not_blnk"', 'mean not_blank?']],
  [
    'an unknown keyword',
    [SCHEMAS, 'url: { type: string }', 'url: { type: string, patern: x }'],
    ['input.properties.url', 'patern'],
  ],
  [
    'an unknown conversion',
    [SCHEMAS, 'from: url, as: trimmed', 'from: url, as: trimed'],
    ['"trimed"', 'mean trimmed?'],
  ],
  ['a table column of an unknown field', [SCHEMAS, 'from: image,', 'from: picture,'], ['table.image', 'picture']],
])('%s stops dataload with exit code 2, before it looks for input', async (_, edit, says) => {
  await using lake = await processLake();
  await lake.configure(edit);
  const ended = await lake.run('dataload');
  const summary = summaryOf(ended);
  // Without input a run that looked for it would say so, by exit code 3.
  expect(summary).toMatchObject({ outcome: 'failed', exitCode: 2 });
  expect(ended.exitCode).toBe(2);
  for (const text of [edit[0], ...says]) expect(summary.message).toContain(text);
  expect(ended.stderr).not.toMatch(/^\s+at /m);
});

test.each(['dataload', 'prepare'] as const)(
  'a file where the lake should be stops %s with exit code 2 and its path',
  async (job) => {
    await using lake = await processLake();
    await writeFile(lake.lake, 'in the way');
    const ended = await lake.run(job);
    expect(summaryOf(ended)).toMatchObject({ outcome: 'failed', code: 'config', exitCode: 2 });
    expect(summaryOf(ended).message).toContain(`cannot write to ${lake.lake}`);
  },
);
