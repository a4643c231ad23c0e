/** The confs of one session: one call each, nothing is remembered here. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { SparkClient } from '../protocol/client.ts';
import { SparkError } from '../errors.ts';
import type { ConfigRequest_OperationSchema } from '../gen/spark/connect/base_pb.js';
import { type Options, textOptions } from './options.ts';

type Operation = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>['opType']>;

/** PySpark: `RuntimeConfig`, as `spark.conf`. */
export class RuntimeConf {
  readonly #client: SparkClient;
  readonly #signal: AbortSignal | undefined;

  /** Made by a session, not by callers. */
  constructor(client: SparkClient, signal: AbortSignal | undefined) {
    this.#client = client;
    this.#signal = signal;
  }

  /**
   * PySpark: `conf.get`.
   * @param defaultValue what to say for a key that is not set; without one the server's own default holds
   * @throws SparkError `server` (`SQL_CONF_NOT_FOUND`) for an unknown key without any default
   */
  async get(key: string, defaultValue?: string): Promise<string> {
    const pairs = await this.#ask(
      defaultValue === undefined
        ? { case: 'get', value: { keys: [key] } }
        : { case: 'getWithDefault', value: { pairs: [{ key, value: defaultValue }] } },
    );
    const value = pairs.find((pair) => pair.key === key)?.value ?? defaultValue;
    if (value === undefined) throw new SparkError('protocol', `Asked for the conf ${key}, the server named no value.`);
    return value;
  }

  /** PySpark: `conf.set`, here for many keys by one call. @throws SparkError `server` for a conf that cannot be changed */
  async set(confs: Options): Promise<void> {
    const pairs = Object.entries(textOptions(confs)).map(([key, value]) => ({ key, value }));
    if (pairs.length > 0) await this.#ask({ case: 'set', value: { pairs } });
  }

  /** PySpark: `conf.unset`, here for many keys by one call: Spark's defaults hold again, not the values of the server. */
  async unset(...keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.#ask({ case: 'unset', value: { keys: [...keys] } });
  }

  /**
   * PySpark: `conf.getAll`.
   * @param prefix only keys that begin with it
   * @returns what is set, by the whole key; built-in defaults are not among them
   */
  async getAll(prefix = ''): Promise<Record<string, string>> {
    const pairs = await this.#ask({ case: 'getAll', value: prefix === '' ? {} : { prefix } });
    // The server cuts the prefix off.
    return Object.fromEntries(pairs.map(({ key, value }) => [`${prefix}${key}`, value ?? '']));
  }

  /** Whether a session can change it. PySpark: `conf.isModifiable`. */
  async isModifiable(key: string): Promise<boolean> {
    const pairs = await this.#ask({ case: 'isModifiable', value: { keys: [key] } });
    return pairs.some((pair) => pair.key === key && pair.value === 'true');
  }

  async #ask(operation: Operation): Promise<readonly ConfPair[]> {
    return await askConf(this.#client, operation, this.#signal);
  }
}

interface ConfPair {
  readonly key: string;
  readonly value?: string | undefined;
}

export async function askConf(
  client: SparkClient,
  opType: Operation,
  signal: AbortSignal | undefined,
): Promise<readonly ConfPair[]> {
  const { pairs } = await client.call('config', { operation: { opType } }, { signal });
  return pairs;
}

/** @returns the values of the keys, in their order; undefined for one that the server does not know */
export async function confValues<K extends readonly string[]>(
  client: SparkClient,
  keys: K,
  signal: AbortSignal | undefined,
): Promise<{ [I in keyof K]: string | undefined }> {
  const pairs = await askConf(client, { case: 'getOption', value: { keys: [...keys] } }, signal);
  return keys.map((key) => pairs.find((pair) => pair.key === key)?.value) as { [I in keyof K]: string | undefined };
}
