/** `npm run lake -- COMMAND`: operates a lake: status, quarantine, page, clean, policies, restore, backfill. */
import { join } from 'node:path';
import { LakeError, openStore, toLakeError } from 'lake';
import { loadReports } from 'prepare';
import { homeFolder, onStopSignal, printable, readLayout, schemasFile, scrub, secretsOf } from 'runtime';
import { commandConfig } from './command-config.ts';
import { type CommandName, parseCommandLine } from './command-line.ts';
import { backfillCommand } from './backfill.ts';
import { cleanCommand } from './clean.ts';
import { pageCommand } from './page.ts';
import { policiesCommand } from './policies.ts';
import { quarantineCommand } from './quarantine.ts';
import { restoreCommand } from './restore.ts';
import { statusCommand } from './status.ts';
import { hide, print, printJson, type LakeTask } from './task.ts';
import { failureSummary } from '../summary.ts';

const COMMANDS: Readonly<Record<CommandName, (task: LakeTask) => Promise<number>>> = {
  status: statusCommand,
  quarantine: quarantineCommand,
  page: pageCommand,
  clean: cleanCommand,
  policies: policiesCommand,
  restore: restoreCommand,
  backfill: backfillCommand,
};
/** After this time a command that was stopped and still runs is ended. */
const GRACE_MS = 3_000;

const words = process.argv.slice(2);
const stopped = new AbortController();
onStopSignal('nothing more is changed, run it again', 'obeys', (reason) => {
  if (stopped.signal.aborted) return;
  stopped.abort(reason);
  setTimeout(() => process.exit(reason.exitCode), GRACE_MS).unref();
});
process.exitCode = await lakeCommand();

async function lakeCommand(): Promise<number> {
  let secrets: readonly string[] = [];
  try {
    const line = parseCommandLine(words, process.env);
    if ('help' in line) {
      print(line.help);
      return 0;
    }
    const configsDir = join(homeFolder(), 'configs');
    const { config, variables } = await commandConfig(line, configsDir, process.env, stopped.signal);
    secrets = secretsOf(config, variables);
    hide(secrets);
    const warn = (text: string): void => void process.stderr.write(printable(`warn: ${scrub(text, secrets)}\n`));
    const layout = readLayout(schemasFile());
    const reports = loadReports(schemasFile());
    const stores = {
      lake: openStore(config.lake.uri, config.lake),
      output: openStore(config.lake.output, config.lake),
    };
    await Promise.all([stores.lake.assertReachable(), stores.output.assertReachable()]);
    const context = { ...stores, layout, reports, config: config.lake, now: new Date(), signal: stopped.signal, warn };
    return await COMMANDS[line.command]({ line, config, variables, context });
  } catch (thrown) {
    return failed(toLakeError(stopped.signal.aborted ? stopped.signal.reason : thrown), secrets);
  }
}

function failed(cause: LakeError, secrets: readonly string[]): number {
  const { code, exitCode, retryHelps } = cause;
  const message = scrub(cause.message, secrets);
  process.stderr.write(failureSummary(new LakeError(code, message)));
  if (words.includes('--json')) printJson({ outcome: 'failed', exitCode, code, retryHelps, message });
  return exitCode;
}
