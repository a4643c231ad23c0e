export { audit, accountingFindings, limitFindings, type Accounting, type Finding, type Verdict } from './audit.ts';
export { FLAGS, parseArguments, parseFlags, type Flag, type RunArguments } from './arguments.ts';
export { readAuthorities } from './authorities.ts';
export { loadConfig } from './config.ts';
export { connectOptions } from './connect-options.ts';
export type { Config } from './config-schema.ts';
export { assertNewRun, standingOf, type Day, type Standing } from './day.ts';
export { FAILURES, LakeError, toLakeError, type FailureCode } from './failure.ts';
export { codeFingerprint, fingerprint } from './fingerprint.ts';
export { draftOf, type RunRecord } from './draft.ts';
export { homeFolder, runJob } from './harness.ts';
export { assertSameListing, freezeLanding, type FrozenFile, type FrozenFiles, type Landing } from './landing.ts';
export { layout, type JobName, type StepName } from './layout.ts';
export { openLog, type ClosableLog, type Log } from './log.ts';
export { daysBetween, hasEnded, intervalOf, parseLogicalDate, type LogicalDate } from './logical-date.ts';
export { formatManifest, MANIFEST_VERSION, parseManifest, type Manifest } from './manifest.ts';
export { openStore } from './open-store.ts';
export { isS3Uri } from './s3-settings.ts';
export { publish, type ManifestDraft, type Publication, type Published } from './publish.ts';
export { executeJob, type Execution, type Job, type JobResult, type Run, type Summary } from './run.ts';
export { removable, type Leftovers, type Removable, type WrittenObject } from './retention.ts';
export { CONFIG_SCHEMAS } from './config-schema.ts';
export { redactRemote } from './secrets.ts';
export { stageContent, stagedLines, stagedParquet, type Staged } from './staged.ts';
export type { Answer, Condition, ListedObject, ObjectFacts, ObjectStore } from './store.ts';
export { Timings } from './timings.ts';
export { assertSparkSees } from './visible.ts';
export type { Environment } from './variables.ts';
export { loadYaml } from './yaml-file.ts';
export {
  backfillExitCode,
  dayOutcomes,
  exitCodeOf,
  failureLines,
  goesOn,
  outcomeRows,
} from './commands/backfill-plan.ts';
export type { BackfilledDay } from './commands/backfill-plan.ts';
export { clean } from './commands/clean.ts';
export { leftoverText, NO_LEFTOVERS, totalText, totalWith, type Leftover } from './commands/clean-plan.ts';
export { commandConfig, policiesOf } from './commands/command-config.ts';
export { LAKE_COMMANDS, LAKE_FLAGS, flagsOf, parseCommandLine } from './commands/command-line.ts';
export type { CommandLine, CommandName } from './commands/command-line.ts';
export { landingDay, type LakeContext } from './commands/lake-command.ts';
export type { DayStatus, LaterRecords } from './commands/day-status.ts';
export { missingDays } from './commands/missing-days.ts';
export { policyRows, setPolicies } from './commands/policies.ts';
export { listVersions, restore, versionRows } from './commands/restore.ts';
export { lakeStatus } from './commands/status.ts';
export { missingText, STATUS_HEADER, statusRemarks, statusRow } from './commands/status-text.ts';
export { newRunId } from './run-id.ts';
export { scrub, secretsOf } from './secrets.ts';
