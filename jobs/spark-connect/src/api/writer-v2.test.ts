import { describe, expect, test } from '@jest/globals';
import { planSession } from '../../testing/plan-session.ts';
import { functions as F, planToJson } from '../index.ts';

const writer = planSession().range(0, 1).writeTo('lake.events');
const command = (...args: Parameters<typeof writer.toPlan>) => planToJson(writer.toPlan(...args));

describe('the plan of a write to a table', () => {
  test('has everything that was said', () => {
    const full = writer
      .using('iceberg')
      .option('fanout', true)
      .options({ n: 1 })
      .tableProperty('a', 'x')
      .tableProperty('b', 'y')
      .partitionedBy('url', F.callFunction('days', F.col('at')));
    expect(planToJson(full.toPlan('createOrReplace'))).toMatchObject({
      command: {
        writeOperationV2: {
          input: { range: { end: '1' } },
          tableName: 'lake.events',
          provider: 'iceberg',
          options: { fanout: 'true', n: '1' },
          tableProperties: { a: 'x', b: 'y' },
          mode: 'MODE_CREATE_OR_REPLACE',
          partitioningColumns: [
            { unresolvedAttribute: { unparsedIdentifier: 'url' } },
            { unresolvedFunction: { functionName: 'days' } },
          ],
        },
      },
    });
    expect(command('append')).not.toMatchObject({ command: { writeOperationV2: { provider: expect.anything() } } });
  });

  test.each([
    ['create', 'MODE_CREATE'],
    ['replace', 'MODE_REPLACE'],
    ['createOrReplace', 'MODE_CREATE_OR_REPLACE'],
    ['append', 'MODE_APPEND'],
    ['overwritePartitions', 'MODE_OVERWRITE_PARTITIONS'],
  ] as const)('%s is %s', (call, mode) => {
    expect(command(call)).toMatchObject({ command: { writeOperationV2: { tableName: 'lake.events', mode } } });
  });

  test('overwrite has its condition, and needs it', () => {
    expect(command('overwrite', F.col('id').gt(1))).toMatchObject({
      command: {
        writeOperationV2: {
          mode: 'MODE_OVERWRITE',
          overwriteCondition: { unresolvedFunction: { functionName: '>' } },
        },
      },
    });
    expect(() => writer.toPlan('overwrite')).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
