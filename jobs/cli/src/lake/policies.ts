/** `npm run lake -- policies` */
import { setPolicies } from 'lake';
import { policiesOf } from './command-config.ts';
import { confirmed, isTerminal, print, printJson, type LakeTask } from './task.ts';
import { textTable } from '../table.ts';

export async function policiesCommand({ line, config, context }: LakeTask): Promise<number> {
  const policies = policiesOf(config);
  const stores = await setPolicies(context, policies, !line.isConfirmed);
  if (line.isJson) {
    printJson({ policies, isDryRun: !line.isConfirmed, stores });
    return 0;
  }
  print(textTable(policyRows(stores, !line.isConfirmed), ''));
  const isPending =
    !line.isConfirmed && stores.some(({ outcomes }) => outcomes.some(({ outcome }) => outcome === 'set'));
  if (!isPending) return 0;
  if (!isTerminal()) {
    print('nothing was set: --yes does it\n');
    return 0;
  }
  if (!(await confirmed('Set them?', context.signal))) {
    print('nothing was set\n');
    return 0;
  }
  print(textTable(policyRows(await setPolicies(context, policies, false), false), ''));
  return 0;
}

function policyRows(stores: Awaited<ReturnType<typeof setPolicies>>, isDryRun: boolean): string[][] {
  const rows = stores.flatMap(({ uri, outcomes }) =>
    outcomes.map(({ policy, outcome, detail = '' }) => [
      uri,
      policy,
      isDryRun && outcome === 'set' ? 'would be set' : outcome,
      detail,
    ]),
  );
  return [['store', 'policy', 'outcome', 'detail'], ...rows];
}
