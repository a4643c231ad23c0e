/** What was found of each day of a lake, for whoever shows more of it than its status. */
export { dayStatus, type FoundData, type FoundDay, type LaterRecords } from './day-status.ts';
export { lookAtDays, newestDays } from './look-at-days.ts';
