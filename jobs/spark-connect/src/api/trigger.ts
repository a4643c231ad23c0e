/** Decides when a stream does its next batch. */
import { SparkError } from '../errors.ts';
import type { StreamParts } from '../plan/stream.ts';

interface Triggers {
  /** A batch begins so long after the last one began, such as `10 seconds`. */
  readonly processingTime: string;
  /** All that there is now, in batches of a usual size, and then the query ends. */
  readonly availableNow: true;
  /** As `availableNow`, in one batch. */
  readonly once: true;
  /** Without batches: how often the offsets are kept, such as `1 second`. */
  readonly continuous: string;
  /** Batches of this length, whose rows come out as they come in, such as `5 minutes`. */
  readonly realTime: string;
}

type OneOf<T> = { [K in keyof T]: Pick<T, K> & { readonly [L in Exclude<keyof T, K>]?: never } }[keyof T];

/** One of them: `{ processingTime: '10 seconds' }`, `{ availableNow: true }`, … */
export type Trigger = OneOf<Triggers>;

const CASES = {
  processingTime: 'processingTimeInterval',
  availableNow: 'availableNow',
  once: 'once',
  continuous: 'continuousCheckpointInterval',
  realTime: 'realTimeBatchDuration',
} as const;

/** @throws SparkError `usage` unless it is exactly one, with a time or `true` */
export function triggerOf(trigger: Trigger): StreamParts['trigger'] {
  const given = Object.entries(trigger).filter(([, value]) => value !== undefined);
  const [name = '', value] = given[0] ?? [];
  if (given.length !== 1 || !Object.hasOwn(CASES, name))
    throw new SparkError('usage', `A trigger is one of ${Object.keys(CASES).join(', ')}.`);
  const isFlag = name === 'availableNow' || name === 'once';
  if (isFlag ? value !== true : typeof value !== 'string' || value.trim() === '')
    throw new SparkError('usage', `The trigger ${name} needs ${isFlag ? 'true' : 'a time, such as "10 seconds"'}.`);
  return { case: CASES[name as keyof Triggers], value: isFlag ? true : String(value).trim() } as StreamParts['trigger'];
}
