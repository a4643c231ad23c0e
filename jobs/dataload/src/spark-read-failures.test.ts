import { expect, test } from '@jest/globals';
import { explainReadFailure, unreadable } from './spark-read-failures.ts';

const PATH = 's3a://lake/events/a.json';

/** As the Spark client throws it: told by its shape. */
function failure(causes: readonly string[], errorClass = 'FAILED_READ_FILE.NO_HINT'): Error {
  const cause = causes.reduceRight<Error | undefined>(
    (below, name) => Object.assign(new Error(name, { cause: below }), { classes: [name, 'java.lang.Throwable'] }),
    undefined,
  );
  const classes = ['org.apache.spark.SparkException'];
  return Object.assign(new Error('Spark', { cause }), { errorClass, classes, messageParameters: { path: PATH } });
}

test.each([
  ['a broken archive', ['java.io.EOFException'], 'unreadable-input'],
  ['no cause at all', [], 'unreadable-input'],
  ['a local folder without rights', ['java.nio.file.AccessDeniedException'], 'unreadable-input'],
  [
    'a bucket without rights',
    ['java.nio.file.AccessDeniedException', 'software.amazon.awssdk.S3Exception'],
    'unreadable-input',
  ],
  ['a file that is gone', ['java.io.FileNotFoundException', 'software.amazon.awssdk.S3Exception'], 'unreadable-input'],
  ['a file that was replaced', ['org.apache.hadoop.fs.s3a.RemoteFileChangedException'], 'input-changed'],
])('%s is told by the causes, and named', (_, causes, code) => {
  expect(unreadable(failure(causes))).toMatchObject({ code, message: expect.stringContaining(PATH) });
});

test('a store that hangs up is no fault of the file', () => {
  const causes = ['java.io.IOException', 'software.amazon.awssdk.core.exception.SdkClientException'];
  expect(unreadable(failure(causes))).toBeUndefined();
});

test('what is no matter of reading goes through as it is', async () => {
  const error = failure([], 'DIVIDE_BY_ZERO');
  await expect(explainReadFailure(Promise.reject(error))).rejects.toBe(error);
  await expect(explainReadFailure(Promise.reject(new Error('plain')))).rejects.toThrow('plain');
  await expect(explainReadFailure(Promise.resolve(7))).resolves.toBe(7);
});
