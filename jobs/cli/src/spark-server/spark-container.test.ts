import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runArguments, startSparkContainer } from './spark-container.ts';

const parts = {
  image: 'spark:1',
  name: 'spark-one',
  folder: '/repository',
  folders: { written: ['/data/lake', '/data/output'], read: ['/data/in'] },
  user: '1000:1000',
  hostPort: 15_123,
  variables: {},
};
const valuesOf = (words: readonly string[], option: string): string[] =>
  words.flatMap((word, i) => (word === option ? [words[i + 1] ?? ''] : []));

describe('the container of a local run', () => {
  test('sees the folders under their own paths, those that are only read as such', () => {
    expect(valuesOf(runArguments(parts), '--mount')).toEqual([
      'type=bind,"source=/data/lake","target=/data/lake"',
      'type=bind,"source=/data/output","target=/data/output"',
      'type=bind,"source=/data/in","target=/data/in",readonly',
    ]);
  });

  test('sees no folder twice, and nothing for what lies in S3', () => {
    const folders = { written: ['s3://events/lake', '/data', '/data'], read: ['/data', 's3://in'] };
    expect(valuesOf(runArguments({ ...parts, folders }), '--mount')).toEqual([
      'type=bind,"source=/data","target=/data"',
    ]);
  });

  test('takes folders whose names hold commas and quotes', () => {
    const folders = { written: ['/a,b "c"'], read: [] };
    expect(valuesOf(runArguments({ ...parts, folders }), '--mount')).toEqual([
      'type=bind,"source=/a,b ""c""","target=/a,b ""c"""',
    ]);
  });

  test('gets credentials by name, never by value, and no other variable', () => {
    const variables = {
      AWS_SECRET_ACCESS_KEY: 'hidden',
      KAFKA_PASSWORD: 'hidden',
      HOME: '/home/me',
      SPARK_REMOTE: 'x',
    };
    const words = runArguments({ ...parts, variables });
    expect(valuesOf(words, '--env')).toEqual(expect.arrayContaining(['AWS_SECRET_ACCESS_KEY', 'KAFKA_PASSWORD']));
    expect(words.join(' ')).not.toMatch(/hidden|HOME|SPARK_REMOTE/);
  });

  test('sees the files that credentials lie in', () => {
    const variables = { KAFKA_CA_FILE: '/etc/kafka/ca.pem' };
    expect(valuesOf(runArguments({ ...parts, variables }), '--mount')).toContain(
      'type=bind,"source=/etc/kafka/ca.pem","target=/etc/kafka/ca.pem",readonly',
    );
  });

  test('listens on loopback only, in the network of this machine or through a published port', () => {
    const onHost = runArguments(parts);
    expect(valuesOf(onHost, '--network')).toEqual(['host']);
    expect(onHost.join(' ')).not.toMatch(/SPARK_CONNECT_ADDRESS|--publish/);
    const published = runArguments({ ...parts, hostPort: undefined });
    expect(valuesOf(published, '--publish')).toEqual(['127.0.0.1::15002']);
    expect(valuesOf(published, '--network')).toEqual([]);
  });
});

test('a start that is given up at once starts nothing and makes no folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-etl-'));
  try {
    const reason = new Error('no longer wanted');
    const starting = startSparkContainer({
      image: 'spark:1',
      folders: { written: [join(folder, 'lake')], read: [] },
      logFile: join(folder, 'logs', 'spark.log'),
      signal: AbortSignal.abort(reason),
    });
    await expect(starting).rejects.toBe(reason);
    expect(() => rmSync(join(folder, 'lake'))).toThrow('ENOENT');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
