/** Streams: their reading, writing and handling; the twin of streams.py. */
import { type DataFrame, type DataStreamWriter, type SparkSession, StreamingQuery } from '../../../src/index.ts';
import type { Runner } from '../../../src/api/work.ts';
import type { Program, Programs } from '../program.ts';

const rate = (s: SparkSession): DataFrame => s.readStream.format('rate').load();
const started =
  (write: (writer: DataStreamWriter) => Promise<unknown>): Program =>
  (s) =>
    write(rate(s).writeStream);
/** A query as a server would have named it. */
const asked =
  (ask: (query: StreamingQuery) => Promise<unknown>): Program =>
  (s) => {
    const { runner } = s.range(1) as unknown as { readonly runner: Runner };
    return ask(new StreamingQuery(runner, { id: 'i', runId: 'r', name: undefined }));
  };

const readers: Programs = {
  'stream-read': rate,
  'stream-read-options': (s) => s.readStream.format('kafka').option('subscribe', 't').options({ a: 'b' }).load(),
  'stream-read-schema': (s) => s.readStream.schema('url STRING').format('json').load('/landing'),
  'stream-read-name': (s) => s.readStream.format('rate').name('ticks_1').load(),
  'stream-read-json': (s) => s.readStream.schema('url STRING').json('/landing', { multiLine: true }),
  'stream-read-csv': (s) => s.readStream.schema('url STRING').csv('/landing', { sep: ';' }),
  'stream-read-parquet': (s) => s.readStream.schema('url STRING').parquet('/landing'),
  'stream-read-orc': (s) => s.readStream.schema('url STRING').orc('/landing'),
  'stream-read-text': (s) => s.readStream.text('/landing'),
  'stream-read-xml': (s) => s.readStream.schema('url STRING').xml('/landing', { rowTag: 'event' }),
  'stream-read-table': (s) => s.readStream.option('a', 'b').table('lake.events'),
  'stream-read-changes': (s) => s.readStream.option('startingVersion', '1').changes('lake.events'),
  'stream-watermark': (s) => rate(s).withWatermark('timestamp', '10 minutes').groupBy('timestamp').count(),
  'stream-distinct': (s) => rate(s).withWatermark('timestamp', '1 hour').dropDuplicatesWithinWatermark(),
  'stream-distinct-by': (s) => rate(s).dropDuplicatesWithinWatermark('value'),
};

const writers: Programs = {
  'stream-start': started((w) => w.format('console').start()),
  'stream-start-path': started((w) => w.format('parquet').start('/lake/x')),
  'stream-start-options': started((w) => w.option('checkpointLocation', '/c').options({ a: 'b' }).start('/lake/x')),
  'stream-start-mode': started((w) => w.format('memory').outputMode('complete').queryName('counts').start()),
  'stream-start-partitions': started((w) => w.format('parquet').partitionBy('a', 'b').start('/lake/x')),
  'stream-start-clusters': started((w) => w.clusterBy('a', 'b').toTable('lake.x')),
  'stream-start-table': started((w) => w.toTable('lake.x')),
  'stream-trigger-time': started((w) => w.trigger({ processingTime: '10 seconds' }).start()),
  'stream-trigger-now': started((w) => w.trigger({ availableNow: true }).start()),
  'stream-trigger-once': started((w) => w.trigger({ once: true }).start()),
  'stream-trigger-continuous': started((w) => w.trigger({ continuous: '1 second' }).start()),
  'stream-trigger-real-time': started((w) => w.trigger({ realTime: '5 minutes' }).start()),
};

const queries: Programs = {
  'stream-active': asked((q) => q.isActive()),
  'stream-status': asked((q) => q.status()),
  'stream-last-progress': asked((q) => q.lastProgress()),
  'stream-recent-progress': asked((q) => q.recentProgress()),
  'stream-await': asked((q) => q.awaitTermination()),
  'stream-await-timeout': asked((q) => q.awaitTermination({ timeoutMs: 2_000 })),
  'stream-process-all': asked((q) => q.processAllAvailable()),
  'stream-stop': asked((q) => q.stop()),
  'stream-explain': asked((q) => q.explain()),
  'stream-explain-extended': asked((q) => q.explain(true)),
  'stream-exception': asked((q) => q.exception()),
  'streams-active': (s) => s.streams.active(),
  'streams-get': (s) => s.streams.get('i'),
  'streams-await': (s) => s.streams.awaitAnyTermination(),
  'streams-await-timeout': (s) => s.streams.awaitAnyTermination({ timeoutMs: 2_000 }),
  'streams-reset': (s) => s.streams.resetTerminated(),
};

export const streamPrograms: Programs = { ...readers, ...writers, ...queries };
