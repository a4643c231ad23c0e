/** How far an operation is, as a server reports it every two seconds. */
import type { ExecutePlanResponse_ExecutionProgress } from './gen/spark/connect/base_pb.js';

export interface StageProgress {
  readonly stageId: number;
  readonly tasks: number;
  readonly completedTasks: number;
  readonly inputBytes: number;
  readonly isDone: boolean;
}

export interface Progress {
  readonly operationId: string;
  readonly stages: readonly StageProgress[];
  /** Over all stages known so far; the number of tasks may grow. */
  readonly tasks: number;
  readonly completedTasks: number;
  readonly inputBytes: number;
  readonly runningTasks: number;
}

export function progressOf(operationId: string, message: ExecutePlanResponse_ExecutionProgress): Progress {
  const stages = message.stages.map(({ stageId, numTasks, numCompletedTasks, inputBytesRead, done }) => ({
    stageId: Number(stageId),
    tasks: Number(numTasks),
    completedTasks: Number(numCompletedTasks),
    inputBytes: Number(inputBytesRead),
    isDone: done,
  }));
  const total = (value: (stage: StageProgress) => number): number =>
    stages.reduce((sum, stage) => sum + value(stage), 0);
  return {
    operationId,
    stages,
    tasks: total(({ tasks }) => tasks),
    completedTasks: total(({ completedTasks }) => completedTasks),
    inputBytes: total(({ inputBytes }) => inputBytes),
    runningTasks: Number(message.numInflightTasks),
  };
}
