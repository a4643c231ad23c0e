/** Every way in which a job ends without success: a code, its exit code, and whether trying again helps. */

export type RetryHelps = 'no' | 'later' | 'once' | 'maybe' | 'yes';

/** The exit codes of the command line; operators and the scheduler rely on them. */
export const FAILURES = {
  unexpected: { exitCode: 1, retryHelps: 'maybe' },
  usage: { exitCode: 2, retryHelps: 'no' },
  config: { exitCode: 2, retryHelps: 'no' },
  'unreadable-input': { exitCode: 2, retryHelps: 'no' },
  'unseen-lake': { exitCode: 2, retryHelps: 'no' },
  'no-input': { exitCode: 3, retryHelps: 'later' },
  'day-not-over': { exitCode: 3, retryHelps: 'later' },
  quality: { exitCode: 4, retryHelps: 'no' },
  overtaken: { exitCode: 5, retryHelps: 'once' },
  unreachable: { exitCode: 6, retryHelps: 'yes' },
  'input-changed': { exitCode: 6, retryHelps: 'yes' },
  'unknown-outcome': { exitCode: 6, retryHelps: 'yes' },
  'out-of-time': { exitCode: 6, retryHelps: 'yes' },
  stopped: { exitCode: 143, retryHelps: 'yes' },
} as const satisfies Record<string, { exitCode: number; retryHelps: RetryHelps }>;

export type FailureCode = keyof typeof FAILURES;

const ADVICE: Readonly<Record<RetryHelps, string>> = {
  no: 'do not retry',
  later: 'retry later',
  once: 'retry once',
  maybe: 'a retry may help',
  yes: 'retry',
};

/** What happened, to which object, and what to do about it. */
export class LakeError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LakeError';
    this.code = code;
  }

  get exitCode(): number {
    return FAILURES[this.code].exitCode;
  }

  get retryHelps(): RetryHelps {
    return FAILURES[this.code].retryHelps;
  }

  /** For a person: whether to run it again. */
  get advice(): string {
    return ADVICE[this.retryHelps];
  }
}

/** Codes of the errors of our Spark client. */
const SPARK_CODES: Readonly<Record<string, FailureCode>> = {
  usage: 'usage',
  unreachable: 'unreachable',
  'session-lost': 'unreachable',
  interrupted: 'stopped',
  server: 'unexpected',
  protocol: 'unexpected',
};

/** Codes of the operating system. */
const SYSTEM_CODES: Readonly<Record<string, FailureCode>> = {
  EACCES: 'config',
  EPERM: 'config',
  EROFS: 'config',
  ENOSPC: 'unreachable',
  EDQUOT: 'unreachable',
};

/** Any thrown thing as a LakeError; the original stays as its cause. */
export function toLakeError(error: unknown): LakeError {
  if (error instanceof LakeError) return error;
  return new LakeError(foreignCode(error) ?? 'unexpected', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}

/** Recognises errors of other packages by their shape, to import none of them; a `code` alone is not enough. */
function foreignCode(error: unknown): FailureCode | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, retryable, errno, syscall } = error as Error & Readonly<Record<string, unknown>>;
  if (typeof code !== 'string') return undefined;
  if (typeof retryable === 'boolean') return own(SPARK_CODES, code);
  return typeof errno === 'number' && typeof syscall === 'string' ? own(SYSTEM_CODES, code) : undefined;
}

function own(codes: Readonly<Record<string, FailureCode>>, code: string): FailureCode | undefined {
  return Object.hasOwn(codes, code) ? codes[code] : undefined;
}
