/** Settings of an S3 store as a configuration has them that names none. */
import type { S3Settings } from '../src/stores/s3/settings.ts';

export const S3_SETTINGS: S3Settings = {
  region: 'us-east-1',
  endpoint: null,
  pathStyle: false,
  encryption: 'none',
  kmsKey: null,
  singleWriter: false,
};
