/** What tests of the whole system look at: the steps of the source by themselves. */
export { freezeOffsets, type FreezingRun } from './freeze.ts';
export { type LandedDay, laterRecords } from './later-records.ts';
export type { FrozenOffsets } from './freeze-decision.ts';
export { frozenRecords } from './landing.ts';
