/** A day of a million events. */
import { largeDayOnS3 } from '../../testing/s3-large-day.ts';

largeDayOnS3(1_000_000, 900_000);
