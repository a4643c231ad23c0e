/** How far an operation is, as a server reports it every two seconds. */
import type { ExecutePlanResponse_ExecutionProgress } from '../gen/spark/connect/base_pb.js';

export interface StageProgress {
  readonly stageId: number;
  readonly tasks: number;
  readonly completedTasks: number;
  readonly inputBytes: number;
  readonly isDone: boolean;
}

/** PySpark: what a handler of `registerProgressHandler` is given. */
export interface Progress {
  readonly operationId: string;
  /** Those known so far. Spark skips some in the end: these never begin, and never are done. */
  readonly stages: readonly StageProgress[];
  /** Over all stages known so far; it may grow. */
  readonly tasks: number;
  readonly completedTasks: number;
  /** Read from files and tables. */
  readonly inputBytes: number;
  /** 0 also between two jobs of one operation. */
  readonly runningTasks: number;
  /** True in a report that is the last one: the operation is over, however it ended. */
  readonly isOver: boolean;
}

export function progressOf(operationId: string, message: ExecutePlanResponse_ExecutionProgress): Progress {
  const stages = message.stages.map(({ stageId, numTasks, numCompletedTasks, inputBytesRead, done }) => ({
    stageId: Number(stageId),
    tasks: Number(numTasks),
    completedTasks: Number(numCompletedTasks),
    inputBytes: Number(inputBytesRead),
    isDone: done,
  }));
  return { operationId, ...totals(stages), runningTasks: Number(message.numInflightTasks), isOver: false };
}

/** The stages, and the sums over them. */
export function totals(
  stages: readonly StageProgress[],
): Pick<Progress, 'stages' | 'tasks' | 'completedTasks' | 'inputBytes'> {
  const total = (value: (stage: StageProgress) => number): number =>
    stages.reduce((sum, stage) => sum + value(stage), 0);
  return {
    stages,
    tasks: total(({ tasks }) => tasks),
    completedTasks: total(({ completedTasks }) => completedTasks),
    inputBytes: total(({ inputBytes }) => inputBytes),
  };
}

/** What is reported at the end of an operation of which something was reported before. */
export function over(last: Progress): Progress {
  return { ...last, runningTasks: 0, isOver: true };
}
