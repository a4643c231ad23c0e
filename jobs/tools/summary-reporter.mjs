/** The jest reporter that ends a run: where the time went, what failed and why, and `N passed, N failed`. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const SLOWEST = 10;
const MIN_FILE_SECONDS = 1;
/** Of a failure, at the end of a long log: enough to tell which of its causes it was. */
const MESSAGE_LINES = 12;

const seconds = (ms) => ms / 1000;
const row = ([ms, name]) => `${seconds(ms).toFixed(1).padStart(7)} s  ${name}\n`;
const failure = (file, test, message) =>
  [`FAILED ${file}${test ? ` › ${test}` : ''}`]
    .concat(stripVTControlCharacters(message).split('\n').filter(Boolean).slice(0, MESSAGE_LINES))
    .join('\n  | ');
const slowestFirst = (rows) => rows.toSorted(([one], [other]) => other - one);

export default class SummaryReporter {
  onRunComplete(_contexts, { testResults, startTime, ...results }) {
    const files = testResults.map(({ perfStats, testFilePath }) => [
      perfStats.end - perfStats.start,
      relative(process.cwd(), testFilePath),
    ]);
    const tests = testResults.flatMap((file) =>
      file.testResults.map(({ duration, fullName }) => [duration ?? 0, fullName]),
    );
    const slow = slowestFirst(files).filter(([ms]) => seconds(ms) >= MIN_FILE_SECONDS);
    const all = seconds(files.reduce((sum, [ms]) => sum + ms, 0)).toFixed(0);
    const took = seconds(Date.now() - startTime).toFixed(0);
    process.stdout.write(
      `\n${files.length} files took ${all} s, side by side ${took} s; those of a second or more:\n` +
        `${slow.map(row).join('')}\nthe slowest tests:\n${slowestFirst(tests).slice(0, SLOWEST).map(row).join('')}`,
    );
    for (const line of testResults.flatMap(failuresOf)) process.stdout.write(`${line}\n`);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed${skipped}\n`);
  }
}

function failuresOf({ testFilePath, testExecError, testResults }) {
  const file = relative(process.cwd(), testFilePath);
  const broken = testExecError ? [failure(file, '', String(testExecError.stack ?? testExecError.message))] : [];
  const failed = testResults.filter(({ status }) => status === 'failed');
  return [...broken, ...failed.map((test) => failure(file, test.fullName, test.failureMessages.join('\n')))];
}
