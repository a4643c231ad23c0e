/** Large plans go in fewer bytes to servers that take them so. */
import { zstdDecompressSync } from 'node:zlib';
import { fromBinary } from '@bufbuild/protobuf';
import { afterEach, expect, test } from '@jest/globals';
import { functions as F, planToJson, SparkSession } from '../../src/index.ts';
import { RelationSchema } from '../../src/gen/spark/connect/relations_pb.js';
import { queryPlan } from '../../src/plan/plan.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../../testing/index.ts';

const confs = (threshold: string, algorithm: string) => ({
  answer: {
    pairs: [
      { key: 'spark.connect.session.planCompression.threshold', value: threshold },
      { key: 'spark.connect.session.planCompression.defaultAlgorithm', value: algorithm },
    ],
  },
});
const numbers = Array.from({ length: 16_000 }, (_, n) => n);
let server: ScriptedServer;
let spark: SparkSession;

async function connect(script: Script): Promise<void> {
  server = await startScriptedServer(script);
  spark = await SparkSession.connect({ remote: server.remote });
}

afterEach(async () => {
  await spark?.release();
  await server?.close();
});

const large = () => spark.table('t').filter(F.col('n').isin(...numbers));
const sent = () => server.requests('executePlan').map(({ plan }) => plan?.opType);

test('a plan beyond the threshold is compressed, and holds what it held; the confs are asked for once', async () => {
  await connect({ config: [confs('70000', 'ZSTD')] });
  await large().collect();
  await large().collect();
  const [operation] = sent();
  if (operation?.case !== 'compressedOperation') throw new Error(`It was sent as ${operation?.case}.`);
  const relation = fromBinary(RelationSchema, zstdDecompressSync(operation.value.data));
  expect(planToJson(queryPlan(relation))).toEqual(planToJson(large().toPlan()));
  expect(server.requests('config')).toHaveLength(1);
});

test.each([
  ['below the threshold', [confs('10000000', 'ZSTD')]],
  ['for a server that compresses nothing', [confs('0', 'NONE')]],
  ['for a server that does not know it', [{ answer: { pairs: [] } }]],
  ['for one that cannot say', [{ fail: { status: 3, message: 'What?' } }]],
  ['where it is switched off', [confs('-1', 'ZSTD')]],
])('a plan goes as it is %s', async (_, config) => {
  await connect({ config });
  await large().collect();
  expect(sent()).toMatchObject([{ case: 'root' }]);
});

test('a small plan asks for nothing', async () => {
  await connect({ config: [confs('0', 'ZSTD')] });
  await spark.table('t').collect();
  expect([sent()[0]?.case, server.requests('config')]).toEqual(['root', []]);
});
