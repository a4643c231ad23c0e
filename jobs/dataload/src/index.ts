export { dataload } from './dataload.ts';
export { plansOf, type Plans } from './plan.ts';
export { loadSchemas, type Schemas } from './schemas.ts';
export { sources } from './sources/index.ts';
export { laterRecords, type LandedDay } from './sources/kafka/later-records.ts';
