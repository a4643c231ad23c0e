export { type CommandName, flagsOf, LAKE_COMMANDS, LAKE_FLAGS } from './lake/command-line.ts';
export { missingText, STATUS_HEADER, statusRemarks, statusRow } from './lake/status-text.ts';
