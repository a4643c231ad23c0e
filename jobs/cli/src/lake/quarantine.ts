/** `npm run lake -- quarantine`: the broken lines of a day, by rule, or as they came. */
import { once } from 'node:events';
import { type DayStatus, LakeError, lakeStatus, type LogicalDate } from 'lake';
import { countText } from './format.ts';
import { brokenRules, type BrokenRule, bytesOf, exampleText, linesIn } from './quarantine-lines.ts';
import { print, printJson, type LakeTask } from './task.ts';
import { textTable } from '../table.ts';

/** @throws LakeError no-input where no run of the day is known, usage where no line breaks the rule */
export async function quarantineCommand({ line, context }: LakeTask): Promise<number> {
  const { lake, layout } = context;
  const date = line.range.from as LogicalDate;
  const [day] = await lakeStatus(context, line.range);
  const run = day === undefined ? undefined : newestRun(day);
  if (run === undefined) {
    throw new LakeError('no-input', `no run of ${date.iso} is known in ${lake.uri}: load the day first`);
  }
  const key = layout.quarantine(date, run.runId);
  const content = (await lake.get(key)) ?? new Uint8Array();
  const rules = () => brokenRules(linesIn(content));
  const wanted = () => linesIn(content, line.rule);
  if (line.rule !== undefined && wanted().next().done === true) {
    const broken = rules().map(({ rule }) => rule);
    throw new LakeError(
      'usage',
      `no line of ${date.iso} breaks ${line.rule}; broken are: ${broken.join(', ') || 'none'}`,
    );
  }
  if (line.isRaw) for (const each of wanted()) await write(bytesOf(each));
  else if (line.isJson)
    printJson({ date: date.iso, ...run, object: content.length === 0 ? null : lake.url(key), rules: rules() });
  else if (line.rule === undefined) print(overview(date, run, rules()));
  else for (const each of wanted()) print(`${exampleText(each)}\n`);
  return 0;
}

interface Run {
  readonly runId: string;
  readonly isRejected: boolean;
}

/** A run that was rejected after the day was published has the lines that a person looks for. */
function newestRun({ rejected, publishedAt, runId }: DayStatus): Run | undefined {
  const last = rejected.findLast(({ job, at }) => job === 'dataload' && (publishedAt === null || at > publishedAt));
  if (last !== undefined) return { runId: last.runId, isRejected: true };
  return runId === null ? undefined : { runId, isRejected: false };
}

function overview({ iso }: LogicalDate, { runId, isRejected }: Run, rules: readonly BrokenRule[]): string {
  const what = isRejected ? 'which was rejected' : 'which is published';
  if (rules.length === 0) return `${iso}: no line is in quarantine of run ${runId}, ${what}\n`;
  const table = [
    ['lines', 'rule', 'message'],
    ...rules.map(({ lines, rule, message }): (string | number)[] => [lines, rule, message]),
  ];
  const examples = rules.map(({ rule, lines, examples: shown }) => {
    const more = lines > shown.length ? `  and ${countText(lines - shown.length, 'more line')}\n` : '';
    return `\n${rule}\n${shown.map((example) => `  ${example}\n`).join('')}${more}`;
  });
  return `${iso}: quarantine of run ${runId}, ${what}\n\n${textTable(table, '')}${examples.join('')}`;
}

async function write(bytes: Uint8Array): Promise<void> {
  const isTaken = process.stdout.write(Buffer.concat([bytes, Buffer.from('\n')]));
  if (!isTaken) await once(process.stdout, 'drain');
}
