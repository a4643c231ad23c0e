/** The words for a day that cannot be frozen: what is missing, in which partition, and what to do about it. */
import type { OpenTransaction } from './broker-topic.ts';
import type { LostRange, OpenPartition } from './freeze-decision.ts';

const timeText = (ms: number): string => new Date(ms).toISOString();

/** @param transactions as far as Kafka names them */
export function openText(
  topic: string,
  date: string,
  open: readonly OpenPartition[],
  transactions: readonly OpenTransaction[],
): string {
  return `topic ${topic} may still get events of ${date}: ${open.map((one) => openPartitionText(topic, one, transactions)).join('; ')}`;
}

function openPartitionText(topic: string, open: OpenPartition, transactions: readonly OpenTransaction[]): string {
  const { partition, why, stable, highWatermark } = open;
  if (why === 'no later record') return `partition ${partition} has no record of a later time yet`;
  const known = transactions
    .filter((transaction) => transaction.partition === partition)
    .map(({ producerId, startOffset }) => {
      const words = `--topic ${topic} --partition ${partition} --start-offset ${startOffset}`;
      return `producer ${producerId} since offset ${startOffset}, which kafka-transactions.sh abort ${words} ends`;
    });
  const by = known.length === 0 ? '' : ` by ${known.join(', ')}`;
  return `in partition ${partition} a transaction is open from offset ${stable} of ${highWatermark} on${by}`;
}

export function lostText(topic: string, date: string, lost: readonly LostRange[]): string {
  return `topic ${topic} may no longer hold all events of ${date}: ${lost.map(lostPartitionText).join('; ')}`;
}

function lostPartitionText({ partition, before, firstMs }: LostRange): string {
  const left = firstMs === null ? 'no record is left' : `the first record that is left is of ${timeText(firstMs)}`;
  return `partition ${partition} begins at offset ${before} (${before} offsets are gone; ${left})`;
}
