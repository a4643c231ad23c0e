export { crashStore } from './crash-store.ts';
export { FAULTS, faultyStore, interceptedStore, type Fault, type FaultyStore } from './faulty-store.ts';
export { localStore } from '../src/stores/local/store.ts';
export { publishDay } from './publish-day.ts';
export { storeContract } from './store-contract.ts';
export { temporaryFolder, writeFileIn } from './temporary-folder.ts';
