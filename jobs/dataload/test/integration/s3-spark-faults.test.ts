/** Spark reads the day's events, and one request fails; test/long has its writes too, and answers that never come. */
import { S3_FAULTS } from '../../../lake/testing/s3-proxy.ts';
import { sparkFaults } from '../../testing/s3-spark-faults.ts';

sparkFaults(
  ['read'],
  S3_FAULTS.filter((fault) => fault !== 'hang'),
);
