import { expect, test } from '@jest/globals';
import { sparkCauses, sparkFailure } from './spark-failures.ts';

const PLACE = { uri: '/lake', endpoint: 'http://store:7070', region: 'eu-north-1' };
const S3 = 'software.amazon.awssdk.services.s3.model.S3Exception';

type Cause = readonly [jvmClass: string, message: string];

/** As the Spark client throws it, causes last. */
function thrown(causes: readonly Cause[], facts: object = {}): Error {
  const cause = causes.reduceRight<unknown>(
    (below, [name, message]) =>
      Object.assign(new Error(message, { cause: below }), { code: 'server', classes: [name] }),
    { code: 13, details: 'of the transport' },
  );
  return Object.assign(cause as Error, facts);
}

const FAILED: Cause = ['org.apache.spark.SparkException', '[TASK_WRITE_FAILED] Task failed while writing rows to …'];
const WRITE = { errorClass: 'TASK_WRITE_FAILED', messageParameters: { path: 's3a://lake/_staging/day' } };

/** An answer of S3 as S3A wraps it; both texts are those of Spark 4.2 with Hadoop 3.5. */
function answered(wrapper: string, status: number, code: string | null, text: string, tries = 1): Cause[] {
  const said = `${text} (Service: S3, Status Code: ${status}, Request ID: null)${code === null ? '' : ` (SDK Attempt Count: ${tries})`}`;
  const tail = wrapper.endsWith('AccessDeniedException') ? '' : `: ${said}`;
  return [FAILED, [wrapper, `Writing Object on day/part-0.parquet: ${S3}: ${said}:${code}${tail}`], [S3, said]];
}

test.each<[string, readonly Cause[], string, string]>([
  [
    'a request of another in the way (409)',
    answered(
      'org.apache.hadoop.fs.s3a.AWSBadRequestException',
      409,
      'ConditionalRequestConflict',
      'A conflicting operation occurred during this request.',
    ),
    'unreachable',
    'another request to http://store:7070 was in the way; run it again',
  ],
  [
    'a condition that does not hold (412)',
    answered(
      'org.apache.hadoop.fs.s3a.RemoteFileChangedException',
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold',
    ),
    'unreachable',
    'another request to http://store:7070 was in the way; run it again',
  ],
  [
    'slow down (503)',
    answered(
      'org.apache.hadoop.fs.s3a.AWSServiceThrottledException',
      503,
      'SlowDown',
      'Please reduce your request rate.',
      4,
    ),
    'unreachable',
    'http://store:7070 answered with an error of its own; run it again later',
  ],
  [
    'no right to write (403)',
    answered('java.nio.file.AccessDeniedException', 403, 'AccessDenied', 'Access Denied'),
    'config',
    'the credentials have no right to write to s3a://lake/_staging/day',
  ],
  [
    'no right, without a code, as after a HEAD',
    answered('java.nio.file.AccessDeniedException', 403, null, 'Forbidden'),
    'config',
    'the credentials have no right to write to s3a://lake/_staging/day',
  ],
  [
    'credentials that expired',
    answered('org.apache.hadoop.fs.s3a.AWSBadRequestException', 400, 'ExpiredToken', 'The provided token has expired.'),
    'config',
    'the temporary credentials have expired; renew them',
  ],
  [
    'a store that hangs up',
    [
      FAILED,
      [
        'org.apache.hadoop.fs.s3a.HttpChannelEOFException',
        'Writing Object on day/part-0.parquet: software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: The target server failed to respond (SDK Attempt Count: 4)',
      ],
      ['org.apache.http.NoHttpResponseException', 'The target server failed to respond'],
    ],
    'unreachable',
    'http://store:7070 cut the connection; run it again',
  ],
  [
    'a store that is not there',
    [
      FAILED,
      [
        'java.net.ConnectException',
        'Writing Object on x: software.amazon.awssdk.core.exception.SdkClientException: Connect to 127.0.0.1:9 failed: Connection refused',
      ],
    ],
    'unreachable',
    'nobody answers at http://store:7070',
  ],
  [
    'a full disk',
    [
      FAILED,
      ['org.apache.parquet.util.AutoCloseables$ParquetCloseResourceException', 'Unable to close resource'],
      ['org.apache.hadoop.fs.FSError', 'java.io.IOException: No space left on device'],
      ['java.io.IOException', 'No space left on device'],
    ],
    'unreachable',
    'no space is left there',
  ],
  [
    'a folder of another user',
    [
      FAILED,
      [
        'java.io.IOException',
        'Mkdirs failed to create file:/lake/_staging/day/_temporary/0 (exists=false, cwd=file:/work)',
      ],
    ],
    'config',
    'the user whom the Spark server runs as has no right to',
  ],
])('%s', (_, causes, code, says) => {
  const error = thrown(causes, WRITE);
  const failure = sparkFailure(error, PLACE);
  expect(failure).toMatchObject({ code, cause: error, message: expect.stringContaining(says) });
  expect(failure?.message).toContain('Spark cannot write to s3a://lake/_staging/day: ');
});

test('a read is no write', () => {
  const said = 'getFileStatus on s3a://lake/recipes: software.amazon.awssdk.services.s3.model.S3Exception: Forbidden';
  const error = thrown([
    ['java.nio.file.AccessDeniedException', `${said} (Service: S3, Status Code: 403, Request ID: null):null`],
  ]);
  expect(sparkFailure(error, PLACE)?.message).toBe(
    'Spark cannot read s3a://lake/recipes: the credentials have no right to read s3a://lake/recipes; ask whoever grants them',
  );
});

test('what names no object is about the lake', () => {
  const error = thrown([['java.io.IOException', 'No space left on device']]);
  expect(sparkFailure(error, PLACE)?.message).toContain('Spark cannot write to /lake: no space');
});

test('what is not known is told from its first to its deepest cause', () => {
  const error = thrown([FAILED, ['a.Wrapper', 'Unable to close resource'], ['a.Cause', 'the moon was full']], WRITE);
  expect(sparkFailure(error, PLACE)).toMatchObject({
    code: 'unexpected',
    message: '[TASK_WRITE_FAILED] Task failed while writing rows to …: the moon was full',
  });
});

test('only what a Spark server answered is explained here', () => {
  const lost = Object.assign(new Error('No space left on device'), { code: 'unreachable', classes: [] });
  for (const other of [lost, new Error('No space left on device'), undefined, 'text'])
    expect(sparkFailure(other, PLACE)).toBeUndefined();
  expect(sparkCauses(thrown([FAILED, ['a', 'b']])).map(({ message }) => message)).toEqual([FAILED[1], 'b']);
});
