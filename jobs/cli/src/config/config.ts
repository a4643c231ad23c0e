/** `npm run config`: the configuration of an environment as the jobs would get it, with the origin of each value. */
import { join, relative } from 'node:path';
import { toLakeError } from 'lake';
import { explainConfig, homeFolder, onStopSignal, printable, readConfig } from 'runtime';
import { failureSummary } from '../summary.ts';
import { configArguments, HELP } from './arguments.ts';
import { configText } from './config-text.ts';

const words = process.argv.slice(2);
if (words.includes('--help')) process.stdout.write(HELP);
else process.exitCode = await showConfig(words);

async function showConfig(argv: readonly string[]): Promise<number> {
  const stopped = new AbortController();
  onStopSignal('nothing was changed', 'ends', (reason) => stopped.abort(reason));
  try {
    const { env, isJson } = configArguments(argv, process.env);
    // As short as a person would write it.
    const configsDir = join(relative(process.cwd(), homeFolder()), 'configs');
    const settings = await readConfig(env, configsDir, process.env, stopped.signal);
    const values = explainConfig(settings, configsDir, process.env);
    const text = isJson ? `${JSON.stringify(values, undefined, 2)}\n` : configText(values);
    process.stdout.write(printable(text));
    return 0;
  } catch (thrown) {
    const error = toLakeError(stopped.signal.aborted ? stopped.signal.reason : thrown);
    process.stderr.write(failureSummary(error));
    return error.exitCode;
  }
}
