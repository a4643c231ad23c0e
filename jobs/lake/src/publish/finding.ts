/** What is odd about a day, and whether it may be published all the same. */
export interface Finding {
  /** An error stops the publish, a warning is only recorded. */
  readonly severity: 'error' | 'warn';
  readonly code: string;
  readonly message: string;
}

export const error = (code: string, message: string): Finding => ({ severity: 'error', code, message });
export const warn = (code: string, message: string): Finding => ({ severity: 'warn', code, message });
