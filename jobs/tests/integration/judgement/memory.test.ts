/** The data flows through Spark only: the Node process is as large for many events as for few. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { peakKb } from 'spark-connect/testing/peak-memory';
import { sized } from 'spark-connect/testing/size';
import { processLake, type ProcessLake } from '../../lakes/process-lake.ts';
import { summaryOf, type Started } from '../../processes.ts';

const EVENTS = sized(40_000, 500_000);
/** Of the garbage collector's freedom; a process that held the day would need several times as much. */
const TOLERATED_GROWTH = 1.3;

test(`a day of ${EVENTS} events, a few of them broken, needs no more memory in Node than a small one`, async () => {
  await using lake = await processLake();
  await land(lake, 200);
  const small = await peakOf(lake.start('dataload'));
  await land(lake, EVENTS);
  const large = await peakOf(lake.start('dataload'));
  expect(large.summary).toMatchObject({ outcome: 'published', counts: { read: EVENTS, quarantined: EVENTS / 100 } });
  expect(large.peakBytes / small.peakBytes).toBeLessThan(TOLERATED_GROWTH);
});

async function land(lake: ProcessLake, events: number): Promise<void> {
  await mkdir(lake.landing, { recursive: true });
  await pipeline(Readable.from(lines(events)), createWriteStream(join(lake.landing, 'events.json')));
}

function* lines(events: number): Generator<string> {
  const description = 'x'.repeat(400);
  for (let index = 0; index < events; index++) {
    const cookTime = index % 100 === 0 ? 'soon' : 'PT20M';
    const event = { url: `https://a.example/${index}`, ingredients: 'beef\nsalt\npepper', cookTime, description };
    yield `${JSON.stringify(event)}\n`;
  }
}

/** The kernel keeps the highest resident size of a process until it ends. */
async function peakOf(started: Started): Promise<{ peakBytes: number; summary: unknown }> {
  await using job = started;
  let peakBytes = 0;
  while (!job.hasEnded()) {
    peakBytes = Math.max(peakBytes, (peakKb(job.pid) ?? 0) * 1024);
    await sleep(50);
  }
  expect(peakBytes).toBeGreaterThan(0);
  return { peakBytes, summary: summaryOf(await job.ended) };
}
