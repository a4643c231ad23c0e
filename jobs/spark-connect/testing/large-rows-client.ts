/** A process of its own that makes a frame of more rows than a message of gRPC holds, and uses it twice. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { functions as F, SparkSession } from '../src/index.ts';
import { ownPeakMb } from './peak-memory.ts';

const [remote = ''] = process.argv.slice(2);
/** Together 164 MB. */
const ROWS = 40_000;
const TEXT_LENGTH = 4_096;

await using spark = await SparkSession.connect({ remote });
const rows = Array.from({ length: ROWS }, (_, n) => ({ n, text: `${n}:`.padEnd(TEXT_LENGTH, 'abcdefgh') }));
const frame = spark.createDataFrame(rows);
const madeMb = ownPeakMb();
const counted = await frame.count();
const sentMb = ownPeakMb();
process.stdout.write('sent\n');
const [last] = await frame.filter(F.col('n').eq(ROWS - 1)).collect();
const isWhole = last?.['text'] === rows.at(-1)?.text;
setFlagsFromString('--expose-gc');
// What is held, not what nobody has cleared away yet.
(runInNewContext('gc') as () => void)();
const heldMb = process.memoryUsage().arrayBuffers / 1024 ** 2;
process.stdout.write(`${JSON.stringify({ counted: Number(counted), isWhole, madeMb, sentMb, heldMb })}\n`);
