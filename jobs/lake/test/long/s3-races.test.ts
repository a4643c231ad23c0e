/** Three hundred rounds of sixteen publishers. */
import { racesSuite } from '../races.ts';

racesSuite(300);
