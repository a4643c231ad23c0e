/** Test programs as processes of their own. */
import { join, resolve } from 'node:path';
import { type Started, startProcess } from 'spark-connect/testing/started-process';

const PROGRAMS = join(import.meta.dirname, 'children');

/**
 * @param program name of a file in `children/`, or its whole path, without its ending
 * @param variables beside PATH, its whole environment
 */
export function startChild(
  program: string,
  words: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): Started {
  const environment = { PATH: process.env['PATH'] ?? '', ...variables };
  return startProcess(process.execPath, [resolve(PROGRAMS, `${program}.ts`), ...words], environment);
}
