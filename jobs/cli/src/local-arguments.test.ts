import { expect, test } from '@jest/globals';
import { localArguments } from './local-arguments.ts';

const DAY = ['--date', '2019-11-29', '--input', '/tmp'];

test('lake and output are folders of where it is run, or buckets', () => {
  const words = [...DAY, '--lake', 'my lake', '--output', 's3://reports/a'];
  expect(localArguments(words, '/home')).toMatchObject({ lake: '/home/my lake', output: 's3://reports/a' });
});

test.each([
  ['--lake', 's3a://bucket/a', 'write it as s3://bucket/a'],
  ['--lake', 'gs://bucket', 'unsupported scheme gs://'],
  ['--output', 'file:///data/out', 'write the path alone: /data/out'],
  ['--output', 'hdfs://host/x', 'unsupported scheme hdfs://'],
  ['--input', 's3://bucket/a', 'is a bucket, which the local run does not read from'],
  ['--input', 's3a://bucket/a', 'unsupported scheme s3a://'],
  ['--input', 'file:///data/in', 'write the path alone: /data/in'],
])('%s %s is named as a scheme, not taken for a folder', (flag, uri, says) => {
  const run = (): unknown => localArguments([...DAY, flag, uri], '/home');
  expect(run).toThrow(expect.objectContaining({ code: 'usage', exitCode: 2 }));
  expect(run).toThrow(`${flag} ${uri}`);
  expect(run).toThrow(says);
});
