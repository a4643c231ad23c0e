/** The races of the integration tests, ten times as many rounds. */
import { racesOfOneDay } from '../../testing/s3-races.ts';

racesOfOneDay(300);
