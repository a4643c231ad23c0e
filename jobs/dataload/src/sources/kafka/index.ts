export { clientOptions } from './client-options.ts';
export { freezeOffsets, type FreezingRun } from './freeze-offsets.ts';
export { type LandedDay, laterRecords } from './later-records.ts';
export type { FrozenOffsets } from './ranges.ts';
export { frozenRecords } from './records.ts';
export { onceWithin, retryWithin } from './time-limit.ts';
export { Topic } from './topic.ts';
