/** 100,000 events; test/long has ten times as many. */
import { largeDayOnS3 } from '../../testing/s3-large-day.ts';

largeDayOnS3(100_000, 180_000);
