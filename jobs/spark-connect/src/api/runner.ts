/** How a session runs what its frames ask for: commands given to `sql()` first, then the plan. */
import type { CommandsOnce } from './commands-once.ts';
import type { ConnectOptions } from './connect-options.ts';
import type { LargeRows } from './large-rows.ts';
import type { SparkClient } from '../protocol/client.ts';
import { type PlanMessage, queryPlan } from '../plan/plan.ts';
import { PlanCompression } from './plan-compression.ts';
import type { Relation } from '../plan/relation.ts';
import type { StorageLevel } from '../plan/storage-level.ts';
import { commandAnswers, commandResult, type Decoder, type ResultOptions, results } from './results.ts';
import { answerOf, explainText, keep, schemaOf } from './session-calls.ts';
import { tagsOf } from './tags.ts';
import type { ExplainMode, RunOptions, Runner, Work } from './work.ts';

export interface RunnerParts extends Pick<ConnectOptions, 'signal' | 'onProgress'> {
  readonly client: SparkClient;
  /** Of the session, as they are at each call. */
  readonly tags: ReadonlySet<string>;
  readonly commands: CommandsOnce;
  readonly largeRows: LargeRows;
}

export function sessionRunner({ client, signal, onProgress, tags, commands, largeRows }: RunnerParts): Runner {
  const optionsOf = (options: RunOptions = {}): ResultOptions => ({
    onProgress,
    tags: tagsOf(tags, options.tags),
    signal: eitherSignal(signal, options.signal),
  });
  const settled = async <T extends object>(plan: T, options: ResultOptions): Promise<T> => {
    // Commands may have rows of this process in them, and are run by themselves.
    await largeRows.settle(plan, client, options.signal);
    await commands.settle(plan, (command) => commandResult(client, command, options));
    return plan;
  };
  const compression = new PlanCompression(client);
  const packed = async (plan: PlanMessage, options: ResultOptions): Promise<PlanMessage> =>
    await compression.packed(await settled(plan, options), options.signal);
  return {
    batches: <T>(work: Work, decoder: Decoder<T>, given?: RunOptions) => {
      // Now: the tags are those of the call, also where its rows are read later.
      const options = optionsOf(given);
      const run = async function* (): AsyncGenerator<T, void, void> {
        yield* results(client, { ...work, plan: await packed(work.plan, options) }, decoder, options);
      };
      return run();
    },
    ask: async (name, question) => await answerOf(client, name, await settled(question, optionsOf()), signal),
    schema: async (plan: PlanMessage) => await schemaOf(client, await packed(plan, optionsOf()), signal),
    keep: async (relation: Relation, level: StorageLevel | undefined) => {
      await settled(queryPlan(relation), optionsOf());
      await keep(client, relation, level, signal);
    },
    command: async (work: Work, given?: RunOptions) => {
      const options = optionsOf(given);
      return await commandAnswers(client, { ...work, plan: await packed(work.plan, options) }, options);
    },
    explain: async (plan: PlanMessage, mode: ExplainMode) =>
      await explainText(client, await packed(plan, optionsOf()), mode, signal),
  };
}

export function eitherSignal(first: AbortSignal | undefined, second: AbortSignal | undefined): AbortSignal | undefined {
  return first !== undefined && second !== undefined ? AbortSignal.any([first, second]) : (first ?? second);
}
