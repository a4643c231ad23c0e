/** Says in one line how far an operation is. */
import type { Progress } from './progress.ts';

const UNITS = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

/**
 * `37%, 3 of 8 tasks, 1 of 2 stages, 12 MB read, 14 s`. The end may be below 100%: Spark skips stages that it counted.
 * Not in PySpark, whose bar cannot be had as text.
 * @param elapsedMs since the operation began
 */
export function progressText(
  { stages, tasks, completedTasks, inputBytes }: Pick<Progress, 'stages' | 'tasks' | 'completedTasks' | 'inputBytes'>,
  elapsedMs: number,
): string {
  const done = stages.filter(({ isDone }) => isDone).length;
  const begun = [
    `${Math.floor((completedTasks / tasks) * 100)}%`,
    `${completedTasks} of ${tasks} tasks`,
    `${done} of ${stages.length} stages`,
  ];
  const read = inputBytes > 0 ? [`${bytesText(inputBytes)} read`] : [];
  return [...(tasks > 0 ? begun : ['no tasks yet']), ...read, durationText(elapsedMs)].join(', ');
}

/** @param columns how many characters there is room for */
export function shortened(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(columns - 1, 0))}…`;
}

function bytesText(bytes: number): string {
  const [size, unit] = UNITS.find(([size]) => bytes >= size) ?? [1, 'bytes'];
  return `${Math.floor(bytes / size)} ${unit}`;
}

function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
