/** What AWS holds for a lake and its Kafka, and what an operator exports instead of it. */
import { TEST_REMOTE } from '../../lakes/in-process.ts';
import type { ProcessLake } from '../../lakes/process-lake.ts';
import type { Variables } from '../../processes.ts';
import type { TestAws } from '../../servers/aws.ts';
import type { Broker } from '../../servers/broker.ts';

export const TOPIC = 'values-from-aws';
export const PASSWORD = { KAFKA_PASSWORD: 'secretsmanager:etl/kafka#password' };

/** @returns what is planted, by its reference */
export async function plant(aws: TestAws, lake: ProcessLake, kafka: Broker): Promise<Readonly<Record<string, string>>> {
  const parameters = {
    'ssm:/etl/lake': lake.lake,
    'ssm:/etl/output': lake.output,
    'ssm:/etl/remote': TEST_REMOTE,
    'ssm:/etl/brokers': kafka.listeners.SASL_SSL,
    'ssm:/etl/retention': '47114711',
  };
  for (const [reference, value] of Object.entries(parameters))
    await aws.putParameter(reference.slice('ssm:'.length), value);
  await aws.putSecret('etl/kafka', JSON.stringify({ ...kafka.user, list: [] }));
  await aws.putSecret('etl/binary', new Uint8Array([1, 2, 3]));
  await aws.putSecret('etl/text', 'hunter22, no JSON');
  return {
    ...parameters,
    'secretsmanager:etl/kafka#password': kafka.user.password,
    'secretsmanager:etl/kafka#username': 'etl',
  };
}

/** References, and no value of theirs. */
export const referencesTo = (aws: TestAws, lake: ProcessLake, kafka: Broker): Variables => ({
  ...lake.variables(),
  ...aws.variables,
  RECIPE_ETL_LAKE: 'ssm:/etl/lake',
  RECIPE_ETL_OUTPUT: 'ssm:/etl/output',
  SPARK_REMOTE: 'ssm:/etl/remote',
  KAFKA_BROKER: 'ssm:/etl/brokers',
  KAFKA_TOPIC: TOPIC,
  KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
  KAFKA_CA_FILE: kafka.caFile,
  KAFKA_USERNAME: 'secretsmanager:etl/kafka#username',
  ...PASSWORD,
});
