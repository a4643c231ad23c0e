/** `npm run produce`: sends the lines of a folder's files to the topic, as the events of a day; for trying things. */
import { Topic } from 'dataload/kafka-client';
import { freezeInputFiles, leftOutText, openStore, toLakeError } from 'lake';
import { onStopSignal, printable, readConfig, scrub, secretsOf } from 'runtime';
import { makeTopic, openSender } from './event-sender.ts';
import { assertKept } from './event-times.ts';
import { countLines, sendDay } from './send-day.ts';
import { HELP, produceArguments } from './arguments.ts';

const PROGRESS_MS = 1_000;

let secrets: readonly string[] = [];
const say = (text: string): void => void process.stderr.write(printable(`${scrub(text, secrets)}\n`));
const words = process.argv.slice(2);
if (words.includes('--help')) process.stdout.write(HELP);
else process.exitCode = await produce(words);

async function produce(argv: readonly string[]): Promise<number> {
  const stopped = new AbortController();
  onStopSignal('what was sent stays sent', 'ends', (reason) => stopped.abort(reason));
  try {
    const args = produceArguments(argv, process.env);
    const { config, variables } = await readConfig(args.env, 'configs', process.env, stopped.signal);
    secrets = secretsOf(config, variables);
    const { kafka } = config;
    const store = openStore(args.input, config.lake);
    const frozen = await freezeInputFiles({ store, prefix: '' }, { allowEmpty: false });
    const leftOut = leftOutText(frozen);
    if (leftOut !== undefined) say(`warn: ${leftOut}`);
    const day = { date: args.date, store, frozen, count: await countLines(store, frozen), nowMs: Date.now() };
    const isNew = await makeTopic(kafka, variables, stopped.signal, args.partitions);
    await using topic = new Topic(kafka, variables, stopped.signal);
    assertKept(kafka.topic, args.date, await topic.settings(), Date.now());
    await using sender = await openSender(kafka, variables, stopped.signal);
    const partitions = `${sender.partitions} partition${sender.partitions === 1 ? '' : 's'}`;
    say(`${isNew ? 'made topic' : 'topic'} ${kafka.topic} with ${partitions} at ${kafka.brokers.join(', ')}`);
    await sendDay(sender, day, args.rate, progressOf(day.count));
    const files = `${frozen.files.length} file${frozen.files.length === 1 ? '' : 's'}`;
    process.stdout.write(`sent ${day.count} events of ${files} to topic ${kafka.topic} as those of ${args.date.iso}\n`);
    return 0;
  } catch (thrown) {
    const error = toLakeError(stopped.signal.aborted ? stopped.signal.reason : thrown);
    say(`error: ${error.message}`);
    return error.exitCode;
  }
}

/** A line a second. */
function progressOf(count: number): (sent: number) => void {
  let nextMs = performance.now() + PROGRESS_MS;
  return (sent) => {
    if (performance.now() < nextMs) return;
    nextMs = performance.now() + PROGRESS_MS;
    say(`sent ${sent} of ${count} (${Math.floor((sent / count) * 100)} %)`);
  };
}
