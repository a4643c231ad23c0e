import { describe, expect, jest, test } from '@jest/globals';
import { CommandsOnce, type RunCommand } from './commands-once.ts';
import { queryPlan } from '../plan/plan.ts';
import { localRows, setOperation, sql } from '../plan/relation.ts';

const twice = (command: ReturnType<typeof sql>) =>
  queryPlan(
    setOperation(command, command, { operation: 'union', isAll: true, byName: false, allowMissingColumns: false }),
  );

describe('a command', () => {
  test('runs once for all plans that have it, also at the same time, and its rows take its place', async () => {
    const commands = new CommandsOnce();
    const command = sql('SHOW TABLES', []);
    commands.add(command);
    const rows = localRows(new Uint8Array([1]));
    const run = jest.fn<RunCommand>(async () => rows);
    await Promise.all([commands.settle(twice(command), run), commands.settle(queryPlan(command), run)]);
    await commands.settle(queryPlan(command), run);
    expect(run.mock.calls).toEqual([[command]]);
    expect(command.relType).toBe(rows.relType);
  });

  test('that failed is not run again, and fails again', async () => {
    const commands = new CommandsOnce();
    const command = sql('DROP TABLE t', []);
    commands.add(command);
    const run = jest.fn<RunCommand>(() => Promise.reject(new Error('gone')));
    await expect(commands.settle(queryPlan(command), run)).rejects.toThrow('gone');
    await expect(commands.settle(queryPlan(command), run)).rejects.toThrow('gone');
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('of another plan does not run', async () => {
    const commands = new CommandsOnce();
    commands.add(sql('SHOW TABLES', []));
    const run = jest.fn<RunCommand>();
    await commands.settle(queryPlan(sql('SELECT 1', [])), run);
    expect(run).not.toHaveBeenCalled();
  });
});
