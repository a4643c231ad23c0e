/** Sixteen publishers of one day at once, in a bucket, while readers look on. */
import { racesOfOneDay } from '../../testing/s3-races.ts';

racesOfOneDay(30);
