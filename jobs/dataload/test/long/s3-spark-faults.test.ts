/** Requests of Spark fail in every way; for an answer that never comes it waits half a minute. */
import { S3_FAULTS } from '../../../lake/testing/s3-proxy.ts';
import { sparkFaults } from '../../testing/s3-spark-faults.ts';

sparkFaults(['read', 'write'], S3_FAULTS);
