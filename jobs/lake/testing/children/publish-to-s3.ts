/** `publish-to-s3 ENDPOINT URI RUN-ID TEXT`: publishes a day; prints how that ended. */
import { publishDay } from '../publish-day.ts';
import { endOf } from '../run-end.ts';
import { storeAt } from '../s3-places.ts';

const [endpoint = '', uri = '', runId = '', text = ''] = process.argv.slice(2);
console.log(await endOf(publishDay(storeAt(endpoint, uri), runId, text)));
