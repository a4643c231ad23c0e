export { dataload } from './dataload.ts';
export { plansOf, type Plans } from './plan.ts';
export { loadSchemas, type Schemas } from './schemas.ts';
export { sources } from './sources/index.ts';
