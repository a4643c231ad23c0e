/** Decides what is said of how far a step of a job is, from what Spark reports of the query that runs for it. */

/** How far a query is, as a Spark client reports it. Spark counts tasks and bytes on the way, rows only in the end. */
export interface QueryProgress {
  readonly operationId: string;
  /** Those known so far, in the order of their ids. */
  readonly stages: readonly StageProgress[];
  /** In the last report of a query. */
  readonly isOver: boolean;
}

export interface StageProgress {
  readonly tasks: number;
  readonly completedTasks: number;
  readonly inputBytes: number;
  readonly isDone: boolean;
}

/** What is known of a step's input before it is read. */
export interface StepSize {
  readonly bytes?: number | undefined;
  readonly rows?: number | undefined;
}

export interface Estimate {
  /** From 0 to 1, and never 1: only the end of a query says that it is done. */
  readonly share: number;
  /** `12 of 40 MB read`, `about 6,800 of 20,000 rows read`; empty where nothing is known to be read. */
  readonly read: string;
  /** Undefined while too little has happened to tell, or where it takes longer than was thought. */
  readonly leftMs: number | undefined;
}

/** What is read is sorted and written by a stage of its own, which Spark tells of only when it begins. */
const LEAST_STAGES = 2;
const MOST = 0.99;
/** Less is no news. */
const MIN_BYTES = 1e6;
/** Before that an estimate is a guess. */
const MIN_SHARE = 0.05;
const MIN_ELAPSED_MS = 3_000;

/** @param least what was said before: what Spark learns of more stages is no step back */
export function shareOf(query: QueryProgress, size: StepSize, least = 0): number {
  const shares = begun(query).map((stage) => stageShare(stage, size));
  const done = shares.reduce((sum, share) => sum + share, 0) / Math.max(LEAST_STAGES, shares.length);
  return Math.min(Math.max(done, least), MOST);
}

/** @param times since the query began: now, and when the share grew last */
export function estimate(
  query: QueryProgress,
  size: StepSize,
  share: number,
  times: { readonly elapsedMs: number; readonly grewMs: number },
): Estimate {
  return { share, read: readText(begun(query), size), leftMs: leftOf(share, times) };
}

/** Tasks end in leaps, so the time runs down from the last one. What takes longer than was thought is not guessed anew. */
function leftOf(share: number, { elapsedMs, grewMs }: { elapsedMs: number; grewMs: number }): number | undefined {
  if (share < MIN_SHARE || elapsedMs < MIN_ELAPSED_MS) return undefined;
  const leftMs = grewMs / share - elapsedMs;
  return leftMs > 0 ? leftMs : undefined;
}

/** A stage that never began although a later one did is one that Spark need not run. */
function begun({ stages: all }: QueryProgress): StageProgress[] {
  const stages = all.filter(({ tasks }) => tasks > 0);
  const last = stages.findLastIndex(hasBegun);
  return stages.filter((stage, at) => at > last || hasBegun(stage));
}

const hasBegun = ({ completedTasks, inputBytes, isDone }: StageProgress): boolean =>
  isDone || completedTasks > 0 || inputBytes > 0;

/** A large file that cannot be split is one task: then the bytes say how far it is. */
function stageShare({ tasks, completedTasks, inputBytes, isDone }: StageProgress, { bytes }: StepSize): number {
  if (isDone) return 1;
  const ofBytes = bytes === undefined || bytes === 0 ? 0 : Math.min(inputBytes / bytes, MOST);
  return Math.max(completedTasks / tasks, ofBytes);
}

function readText(stages: readonly StageProgress[], size: StepSize): string {
  const reading = stages.filter(({ inputBytes }) => inputBytes > 0);
  if (size.rows !== undefined && reading.length > 0) {
    const share = reading.reduce((sum, stage) => sum + stageShare(stage, size), 0) / reading.length;
    return `about ${count(share * size.rows)} of ${count(size.rows)} rows read`;
  }
  const read = reading.reduce((sum, { inputBytes }) => sum + inputBytes, 0);
  if (read < MIN_BYTES) return '';
  return `${megabytes(read)}${size.bytes === undefined ? '' : ` of ${megabytes(size.bytes)}`} MB read`;
}

const megabytes = (bytes: number): string => count(bytes / 1e6);
/** Not by the machine's own language. */
const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `34 %, 12 of 40 MB read, about 2 min left` */
export function estimateText({ share, read, leftMs }: Estimate): string {
  const left = leftMs === undefined ? '' : `about ${durationText(leftMs)} left`;
  return [`${Math.floor(share * 100)} %`, read, left].filter((part) => part !== '').join(', ');
}

export function durationText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
