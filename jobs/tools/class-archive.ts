// `class-archive.ts JARS`: beside the jars, the classes that a server and both jobs need, as the JVM lays them out in memory;
// servers that find the archive start in half the time. Made by a server that runs a sample day and is then stopped.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalServer } from 'spark-connect/server';

/** The JVM writes the archive before it ends. */
const STOP_TIMEOUT_MS = 180_000;

const jarsDir = process.argv[2] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'class-archive-'));
// An archive is there whole or not at all.
const partial = join(jarsDir, `classes.${process.pid}.partial`);
try {
  await using server = await startLocalServer({
    jarsDir,
    logFile: join(folder, 'spark.log'),
    javaOptions: [`-XX:ArchiveClassesAtExit=${partial}`, '-XX:TieredStopAtLevel=1'],
    stopTimeoutMs: STOP_TIMEOUT_MS,
  });
  const day = ['--date', '2019-11-29', '--input', 'jobs/dataload/sample/2019/11/29'];
  const where = ['--lake', join(folder, 'lake'), '--output', join(folder, 'output')];
  execFileSync(process.execPath, ['jobs/cli/src/start.ts', ...day, ...where], {
    env: { ...process.env, SPARK_REMOTE: server.remote },
    stdio: ['ignore', 'ignore', 2],
  });
  await server.stop();
  renameSync(partial, join(jarsDir, 'classes.jsa'));
} finally {
  rmSync(partial, { force: true });
  rmSync(folder, { recursive: true });
}
