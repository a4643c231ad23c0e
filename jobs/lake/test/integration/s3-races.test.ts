/** Thirty rounds of sixteen publishers; test/long has ten times as many. */
import { racesSuite } from '../races.ts';

racesSuite(30);
