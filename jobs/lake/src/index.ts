export { type FailureCode, FAILURES, LakeError, toLakeError } from './failure.ts';
export { codeFingerprint, fingerprint } from './fingerprint.ts';
export { assertSameListing, freezeInputFiles, type FrozenFiles, type InputFolder, leftOutText } from './input-files.ts';
export { type JobName, type Layout, layoutOf, type ReportPlace, type StepName } from './layout.ts';
export { daysBetween, hasEnded, intervalOf, type LogicalDate, parseLogicalDate } from './logical-date.ts';
export type { Leftover } from './operations/clean-plan.ts';
export { clean } from './operations/clean.ts';
export { type LakeContext, landingDay } from './operations/context.ts';
export type { DayStatus, LaterRecords } from './operations/day-status.ts';
export type { DateRange } from './operations/find-days.ts';
export { setPolicies, type SetPolicies } from './operations/policies.ts';
export { listVersions, restore } from './operations/restore.ts';
export { lakeStatus } from './operations/status.ts';
export {
  type Accounting,
  accountingFindings,
  audit,
  type Finding,
  limitFindings,
  type Verdict,
} from './publish/audit.ts';
export type { Manifest } from './publish/manifest.ts';
export { type UnpublishedManifest, publish } from './publish/publish.ts';
export { assertNewRun, type Day, type PublishedDay, readPublishedDay } from './publish/published-day.ts';
export { stageContent, type Staged, stagedLines, stagedParquet } from './publish/staged.ts';
export { givenRunId, newRunId } from './run-id.ts';
export { openStore } from './stores/open-store.ts';
export { s3Failure } from './stores/s3/errors.ts';
export { isS3Uri, type S3Settings } from './stores/s3/settings.ts';
export { assertFolderName } from './stores/scheme.ts';
export type { BucketPolicies, ObjectStore, ObjectVersion } from './stores/store.ts';
