import type { laterRecords as LaterRecords } from './sources/kafka/later-records.ts';

export { dataload } from './dataload.ts';
export { type BrokenLine, placeText, shownText } from './refusal.ts';
export { plansOf, type Plans } from './plan/plan.ts';
export { ruleKey } from './rules/rule.ts';
export { loadSchemas, type Schemas } from './rules/schemas.ts';
export type { LandedDay } from './sources/kafka/later-records.ts';

/** Loaded on first use, as the source is. */
export const laterRecords: typeof LaterRecords = async (...args) =>
  await (await import('./sources/kafka/later-records.ts')).laterRecords(...args);
