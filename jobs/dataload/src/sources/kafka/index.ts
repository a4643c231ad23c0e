export { freezeOffsets, type FreezingRun } from './freeze-offsets.ts';
export { type LandedDay, laterRecords } from './later-records.ts';
export type { FrozenOffsets } from './ranges.ts';
export { frozenRecords } from './records.ts';
