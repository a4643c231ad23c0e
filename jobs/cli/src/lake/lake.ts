/** `npm run lake -- COMMAND`: operates a lake: status, quarantine, page, clean, policies, restore, backfill. */
import { join } from 'node:path';
import { LakeError, openStore, toLakeError } from 'lake';
import { loadReports } from 'prepare/reports';
import { homeFolder, onStopSignal, printable, readLayout, schemasFile, scrub, secretsOf } from 'runtime';
import { commandConfig } from './command-config.ts';
import { type CommandName, parseCommandLine } from './command-line.ts';
import { hide, print, printJson, type LakeTask } from './task.ts';
import { failureSummary } from '../summary.ts';

type Command = (task: LakeTask) => Promise<number>;

/** Each is loaded when it is asked for: a back-fill needs the jobs and Spark's client, a page its charts, a status neither. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  status: async () => (await import('./status.ts')).statusCommand,
  quarantine: async () => (await import('./quarantine.ts')).quarantineCommand,
  page: async () => (await import('./page.ts')).pageCommand,
  clean: async () => (await import('./clean.ts')).cleanCommand,
  policies: async () => (await import('./policies.ts')).policiesCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  backfill: async () => (await import('./backfill.ts')).backfillCommand,
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
    const command = await COMMANDS[line.command]();
    return await command({ line, config, variables, context });
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
