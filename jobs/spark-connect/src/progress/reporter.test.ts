import { describe, expect, test } from '@jest/globals';
import { over, type Progress, totals } from './progress.ts';
import { logProgress, terminalProgress } from './reporter.ts';

const CLEAR = '\r\u001B[K';

function report(operationId: string, completedTasks: number, tasks: number, runningTasks = 1): Progress {
  const stage = { stageId: 0, tasks, completedTasks, inputBytes: 0, isDone: completedTasks === tasks };
  return { operationId, ...totals([stage]), runningTasks, isOver: false };
}

function fakeClock(): { nowMs: () => number; pass: (ms: number) => void } {
  let now = 1_000;
  return { nowMs: () => now, pass: (ms) => void (now += ms) };
}

function fakeTerminal(columns: number | undefined, isTTY = true) {
  const written: string[] = [];
  return { isTTY, columns, write: (text: string) => written.push(text), written };
}

describe('on a terminal', () => {
  test('one line is rewritten, and taken away when nothing runs any more', () => {
    const clock = fakeClock();
    const stream = fakeTerminal(100);
    const onProgress = terminalProgress(stream, clock.nowMs);
    onProgress(report('a', 0, 8));
    clock.pass(2_000);
    onProgress(report('a', 3, 8));
    onProgress(over(report('a', 8, 8, 0)));
    onProgress(over(report('a', 8, 8, 0)));
    expect(stream.written).toEqual([
      `${CLEAR}0%, 0 of 8 tasks, 0 of 1 stages, 0 s`,
      `${CLEAR}37%, 3 of 8 tasks, 0 of 1 stages, 2 s`,
      CLEAR,
    ]);
  });

  test('an operation that is only planned shows no line', () => {
    const stream = fakeTerminal(100);
    const onProgress = terminalProgress(stream, () => 0);
    onProgress({ ...report('a', 0, 0, 0), stages: [] });
    expect(stream.written).toEqual([]);
  });

  test('between two jobs of an operation the line stays, with the time since the first', () => {
    const clock = fakeClock();
    const stream = fakeTerminal(100);
    const onProgress = terminalProgress(stream, clock.nowMs);
    onProgress(report('a', 4, 4, 0));
    clock.pass(3_000);
    onProgress(report('a', 4, 8));
    expect(stream.written).toEqual([
      `${CLEAR}100%, 4 of 4 tasks, 1 of 1 stages, 0 s`,
      `${CLEAR}50%, 4 of 8 tasks, 0 of 1 stages, 3 s`,
    ]);
  });

  test('the line leaves the last column free, also where the terminal changes its size', () => {
    const stream = fakeTerminal(20);
    const onProgress = terminalProgress(stream, () => 0);
    onProgress(report('a', 1, 8));
    stream.columns = 10;
    onProgress(report('a', 1, 8));
    expect(stream.written).toEqual([`${CLEAR}12%, 1 of 8 tasks,…`, `${CLEAR}12%, 1 o…`]);
  });

  test.each([undefined, 0])('a terminal of %s columns is taken for one of 80', (columns) => {
    const stream = fakeTerminal(columns);
    const onProgress = terminalProgress(stream, () => 0);
    for (const id of ['a', 'b']) onProgress(report(id, 1e20, 2e20));
    expect(stream.written[1]).toHaveLength(CLEAR.length + 79);
  });

  test('several operations are one sum with the time of the oldest', () => {
    const clock = fakeClock();
    const stream = fakeTerminal(100);
    const onProgress = terminalProgress(stream, clock.nowMs);
    onProgress(report('a', 1, 4));
    clock.pass(5_000);
    onProgress(report('b', 2, 8));
    onProgress(over(report('a', 1, 4)));
    expect(stream.written.slice(1)).toEqual([
      `${CLEAR}2 operations: 25%, 3 of 12 tasks, 0 of 2 stages, 5 s`,
      `${CLEAR}25%, 2 of 8 tasks, 0 of 1 stages, 0 s`,
    ]);
  });

  test('the line of an operation that ends before its first task is done goes with its last report', () => {
    const stream = fakeTerminal(100);
    const onProgress = terminalProgress(stream, () => 0);
    onProgress(report('a', 0, 8));
    onProgress(over(report('a', 0, 8)));
    expect(stream.written.at(-1)).toBe(CLEAR);
  });

  test('an operation that fell silent counts no more', () => {
    const clock = fakeClock();
    const stream = fakeTerminal(100);
    const onProgress = terminalProgress(stream, clock.nowMs);
    onProgress(report('failed', 1, 4));
    clock.pass(10_001);
    onProgress(report('b', 2, 8));
    expect(stream.written.at(-1)).toBe(`${CLEAR}25%, 2 of 8 tasks, 0 of 1 stages, 0 s`);
  });

  test('stopping takes the line away once, and nothing comes after it', () => {
    const stream = fakeTerminal(100);
    {
      using onProgress = terminalProgress(stream, () => 0);
      onProgress(report('a', 1, 8));
      onProgress.stop();
      onProgress(report('a', 2, 8));
    }
    expect(stream.written.slice(1)).toEqual([CLEAR]);
  });

  test('what is no terminal gets nothing', () => {
    const stream = fakeTerminal(undefined, false);
    const onProgress = terminalProgress(stream, () => 0);
    onProgress(report('a', 1, 8));
    onProgress.stop();
    expect(stream.written).toEqual([]);
  });
});

describe('in a log', () => {
  function logged(everyMs?: number) {
    const clock = fakeClock();
    const lines: string[] = [];
    return {
      ...clock,
      lines,
      onProgress: logProgress((line) => void lines.push(line), { nowMs: clock.nowMs, everyMs }),
    };
  }

  test('an operation has a line every ten seconds, however often it is reported', () => {
    const { onProgress, pass, lines } = logged();
    for (let second = 0; second <= 25; second += 1) {
      onProgress(report('a', second, 100));
      pass(1_000);
    }
    expect(lines).toEqual([
      'Operation a is running: 10%, 10 of 100 tasks, 0 of 1 stages, 10 s',
      'Operation a is running: 20%, 20 of 100 tasks, 0 of 1 stages, 20 s',
    ]);
  });

  test('a short operation has none', () => {
    const { onProgress, pass, lines } = logged();
    onProgress(report('a', 0, 8));
    pass(9_999);
    onProgress(report('a', 7, 8));
    expect(lines).toEqual([]);
  });

  test('operations beside each other have their own lines', () => {
    const { onProgress, pass, lines } = logged(3_000);
    onProgress(report('a', 0, 8));
    pass(2_000);
    onProgress(report('b', 0, 4));
    pass(1_000);
    onProgress(report('a', 1, 8));
    onProgress(report('b', 1, 4));
    pass(2_000);
    onProgress(report('b', 2, 4));
    expect(lines.map((line) => line.slice(0, 12))).toEqual(['Operation a ', 'Operation b ']);
  });

  test('jobs of one operation that are short by themselves are long together', () => {
    const { onProgress, pass, lines } = logged();
    for (const completed of [4, 8, 12]) {
      onProgress(report('a', completed, completed, 0));
      pass(4_000);
    }
    onProgress(report('a', 12, 16));
    expect(lines).toEqual(['Operation a is running: 75%, 12 of 16 tasks, 0 of 1 stages, 12 s']);
  });

  test('an operation that is planned for so long has a line', () => {
    const { onProgress, pass, lines } = logged();
    onProgress({ ...report('a', 0, 0, 0), stages: [] });
    pass(10_000);
    onProgress({ ...report('a', 0, 0, 0), stages: [] });
    expect(lines).toEqual(['Operation a is running: no tasks yet, 10 s']);
  });

  test('neither the end of an operation nor a stopped reporter says a thing', () => {
    const { onProgress, pass, lines } = logged();
    onProgress(report('a', 0, 8));
    pass(20_000);
    onProgress(over(report('a', 8, 8)));
    onProgress.stop();
    onProgress(report('a', 1, 8));
    expect(lines).toEqual([]);
  });

  test('an operation of which nothing was heard for ten minutes is forgotten', () => {
    const { onProgress, pass, lines } = logged();
    onProgress(report('a', 0, 8));
    pass(600_001);
    onProgress(report('b', 0, 8));
    onProgress(report('a', 1, 8));
    expect(lines).toEqual([]);
  });
});
