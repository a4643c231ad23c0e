export { type CommandName, flagsOf, LAKE_COMMANDS, LAKE_FLAGS } from './lake/command-line.ts';
