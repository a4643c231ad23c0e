/** When Spark's tasks began and ended, from the log of a server that was asked to write it. */

/** For `-Dlog4j2.configurationFile=…` of a server's JVM: warnings, and what the executor says of its tasks. */
export const TASK_LOG_PROPERTIES = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = console
logger.executor.name = org.apache.spark.executor.Executor
logger.executor.level = info
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{UNIX_MILLIS} %p %c{1}: %m%n
`;

export interface TaskLog {
  readonly begun: number;
  /** Begun and not ended. */
  readonly running: number;
  /** Of the last task that ended; milliseconds since 1970. */
  readonly lastEndMs: number | undefined;
}

export function readTaskLog(text: string): TaskLog {
  const running = new Set<string>();
  let begun = 0;
  let lastEndMs: number | undefined;
  for (const line of text.split('\n')) {
    const [, timeMs, words = '', id] = /^(\d+) \w+ Executor: (.*?) task .*\(TID (\d+)\)/.exec(line) ?? [];
    if (id === undefined) continue;
    if (words === 'Running') {
      begun += 1;
      running.add(id);
    } else if (/^(Finished|Executor killed|Executor interrupted and killed|Exception in)$/.test(words)) {
      if (running.delete(id)) lastEndMs = Number(timeMs);
    }
  }
  return { begun, running: running.size, lastEndMs };
}
