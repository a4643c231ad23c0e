/** `publish-day FOLDER RUN-ID TEXT [CALL before|after]`: publishes a day; is killed at a call of the store. */
import { localStore } from '../../src/stores/local/store.ts';
import { crashStore } from '../crash-store.ts';
import { publishDay } from '../publish-day.ts';

const [folder = '', runId = '', text = '', call = '0', moment = 'before'] = process.argv.slice(2);
const store = crashStore(localStore(folder), Number(call), moment as 'before' | 'after');
const { outcome } = await publishDay(store, runId, text);
console.log(outcome);
