import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../config/variables.ts';
import type { QueryProgress } from './estimate.ts';
import { Progress } from './progress.ts';
import { canRewrite } from './redrawn-line.ts';

const CLEAR = '\r\u001B[K';

/** A terminal that keeps what it shows: its lines, of which the last may be unfinished. */
function terminal(columns = 200, isTTY = true) {
  const screen = [''];
  let writes = 0;
  const write = (chunk: string | Uint8Array): boolean => {
    writes += 1;
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    for (const line of text.split(/(?<=\n)/)) {
      const [rest = '', ...redrawn] = line.replace('\n', '').split(CLEAR);
      screen[screen.length - 1] = redrawn.at(-1) ?? screen.at(-1) + rest;
      if (line.endsWith('\n')) screen.push('');
    }
    return true;
  };
  const stream = { isTTY, columns, write };
  return { stream, screen, writes: () => writes };
}

function setting(columns?: number, isTTY = true, variables: Environment = {}) {
  let now = 0;
  const { stream, screen, writes } = terminal(columns, isTTY);
  const out = terminal().stream;
  // Both streams end up on one screen.
  out.write = stream.write;
  const beside = { ...out };
  const progress = new Progress(stream, variables, { beside: [beside], nowMs: () => now });
  return { progress, stream, beside, screen, writes, pass: (seconds: number) => (now += seconds * 1000) };
}

const query = (completedTasks: number, tasks: number, inputBytes = 0, operationId = 'a'): QueryProgress => {
  return { operationId, stages: [{ tasks, completedTasks, inputBytes, isDone: false }], isOver: false };
};

test.each([
  ['a terminal', true, {}, true],
  ['a file or a pipe', false, {}, false],
  ['CI', true, { CI: 'true' }, false],
  ['NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR, which is none', true, { NO_COLOR: '' }, true],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('the line is rewritten or not: %s', (_, isTTY, variables, expected) => {
  expect(canRewrite({ isTTY }, variables)).toBe(expected);
});

describe('on a terminal', () => {
  test('one line has the place, a bar, what is read, the time left and the step, and is taken away in the end', () => {
    const { progress, screen, pass } = setting();
    progress.place('day 2 of 3, about 10 s left');
    progress.say('dataload: judging', { bytes: 40e6 });
    expect(screen).toEqual(['day 2 of 3, about 10 s left: dataload: judging …']);
    progress.query(query(0, 8));
    pass(10);
    progress.query(query(5, 8, 20e6));
    expect(screen).toEqual([
      'day 2 of 3, about 10 s left: [###.......] 31 %, 20 of 40 MB read, about 22 s left: dataload: judging …',
    ]);
    progress.clear();
    expect(screen).toEqual(['']);
  });

  test('the line is that of the query that runs: another one begins anew, and one that is over has none', () => {
    const { progress, screen } = setting();
    progress.say('judging');
    progress.query(query(8, 8));
    progress.query(query(1, 8, 0, 'b'));
    expect(screen).toEqual(['[..........] 6 %: judging …']);
    progress.query({ ...query(8, 8, 0, 'b'), isOver: true });
    expect(screen).toEqual(['judging …']);
    progress.clear();
  });

  test('the time that is left goes on between two reports', () => {
    const { progress, screen, pass } = setting();
    progress.say('judging');
    progress.query(query(0, 8));
    pass(10);
    progress.query(query(4, 8));
    pass(2);
    progress.tick();
    expect(screen).toEqual(['[##........] 25 %, about 28 s left: judging …']);
    progress.clear();
  });

  test('a warning that comes meanwhile has a line of its own, and so has a result on the other stream', () => {
    const { progress, stream, beside, screen } = setting();
    progress.say('judging');
    stream.write('warn: odd\n');
    beside.write('2019-11-29 published\n');
    stream.write(new TextEncoder().encode('bytes\n'));
    expect(screen).toEqual(['warn: odd', '2019-11-29 published', 'bytes', 'judging …']);
    progress.clear();
  });

  test('the same line is not drawn again', () => {
    const { progress, writes, pass } = setting();
    progress.say('judging');
    const before = writes();
    pass(1);
    progress.tick();
    progress.say('judging');
    expect(writes()).toBe(before);
    progress.clear();
  });

  test('what others have not ended yet is not written over', () => {
    const { progress, stream, screen } = setting();
    progress.say('judging');
    stream.write('Type yes: ');
    progress.say('publishing');
    progress.query(query(1, 2));
    expect(screen).toEqual(['Type yes: ']);
    stream.write('\n');
    expect(screen).toEqual(['Type yes: ', '[##........] 25 %: publishing …']);
    progress.clear();
  });

  test('a narrow terminal cuts the end, and leaves the last column free', () => {
    const { progress, screen } = setting(20);
    progress.say('dataload 2019-11-29: judging');
    progress.query(query(4, 8));
    expect(screen).toEqual(['[##........] 25 %:…']);
    expect(screen[0]!.length).toBeLessThan(20);
    progress.clear();
  });

  test('in the end the streams are as they were', () => {
    const { stream } = terminal();
    const before = stream.write;
    const progress = new Progress(stream, {});
    progress.say('judging');
    progress[Symbol.dispose]();
    expect(stream.write).toBe(before);
    progress.query(query(1, 2));
  });

  test('no secret is shown, and nothing that a terminal would obey', () => {
    const { progress, screen } = setting();
    progress.hide(['hunter2']);
    progress.say('reading hunter2\u001B[2J');
    expect(screen[0]).toMatch(/^reading \*\*\*.*…$/);
    expect(screen[0]).not.toContain('\u001B');
    progress.clear();
  });
});

describe('elsewhere', () => {
  test('each new step is a line, and one that lasts has another every 30 s with how far it is', () => {
    const { progress, screen, pass } = setting(200, false);
    progress.place('day 1 of 2');
    progress.say('judging', { rows: 1000 });
    progress.say('judging', { rows: 1000 });
    progress.query(query(0, 8));
    pass(29);
    progress.query(query(4, 8, 1e6));
    progress.tick();
    expect(screen).toEqual(['day 1 of 2: judging', '']);
    pass(1);
    progress.tick();
    progress.tick();
    expect(screen.slice(1)).toEqual(['day 1 of 2: judging: 25 %, about 500 of 1,000 rows read, about 86 s left', '']);
    pass(30);
    progress.clear();
    progress.tick();
    expect(screen).toHaveLength(3);
  });

  test('where CI is set a terminal gets whole lines, and no code that moves its cursor', () => {
    const { progress, stream, screen } = setting(200, true, { CI: 'true' });
    progress.say('connecting');
    stream.write('warn: odd\n');
    progress.query(query(4, 8));
    progress.say('2019-11-28: published');
    progress.clear();
    expect(screen).toEqual(['connecting', 'warn: odd', '2019-11-28: published', '']);
  });
});
