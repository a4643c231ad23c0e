export { type CommandName, flagsOf, LAKE_COMMANDS, LAKE_FLAGS } from './lake/command-line.ts';
export { missingText, statusRemarks, statusTable } from './lake/status-text.ts';
export { makeTopic } from './produce/event-sender.ts';
export { failureSummary } from './summary.ts';
export { textTable } from './table.ts';
