/** Remembers what runs, out of reports alone: since when, and when it was last told. */
import { type Progress, totals } from './progress.ts';
import { progressText } from './text.ts';

interface Operation {
  readonly startedMs: number;
  readonly heardMs: number;
  readonly toldMs: number;
  readonly progress: Progress;
}

/** A server reports every two seconds: who is silent for longer is not read. */
const SILENT_MS = 10_000;
const FORGOTTEN_MS = 600_000;

export class RunningOperations {
  readonly #operations = new Map<string, Operation>();

  note(progress: Progress, nowMs: number): void {
    const known = this.#operations.get(progress.operationId) ?? { startedMs: nowMs, toldMs: nowMs };
    for (const [id, { heardMs }] of this.#operations) {
      if (nowMs - heardMs > FORGOTTEN_MS) this.#operations.delete(id);
    }
    if (progress.isOver) this.#operations.delete(progress.operationId);
    else this.#operations.set(progress.operationId, { ...known, heardMs: nowMs, progress });
  }

  /** One line for all that runs tasks, with the time of the oldest. Undefined where nothing does: short work shows none. */
  line(nowMs: number): string | undefined {
    const running = [...this.#operations.values()].filter((it) => it.progress.tasks > 0 && isRunning(it, nowMs));
    if (running.length === 0) return undefined;
    const stages = running.flatMap(({ progress }) => progress.stages);
    const elapsedMs = nowMs - Math.min(...running.map(({ startedMs }) => startedMs));
    const text = progressText(totals(stages), elapsedMs);
    return running.length === 1 ? text : `${running.length} operations: ${text}`;
  }

  /** A line for this operation, where the last one is so long ago; undefined otherwise. */
  due(operationId: string, nowMs: number, everyMs: number): string | undefined {
    const operation = this.#operations.get(operationId);
    if (operation === undefined || !isRunning(operation, nowMs) || nowMs - operation.toldMs < everyMs) return undefined;
    this.#operations.set(operationId, { ...operation, toldMs: nowMs });
    return `Operation ${operationId} is running: ${progressText(operation.progress, nowMs - operation.startedMs)}`;
  }
}

function isRunning({ heardMs }: Operation, nowMs: number): boolean {
  return nowMs - heardMs <= SILENT_MS;
}
