// `class-archive.ts JARS`: beside the jars, the classes that a server and both jobs need, as the JVM lays them out in memory;
// servers that find the archive start in half the time. Made by a server that runs a small day and is then stopped.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataload } from 'dataload';
import { openStore } from 'lake';
import { prepare } from 'prepare';
import { connectOptions, executeJob, loadConfig, openLog, parseArguments } from 'runtime';
import { SparkSession } from 'spark-connect';
import { startLocalServer } from 'spark-connect/server';

/** The JVM writes the archive before it ends. */
const STOP_TIMEOUT_MS = 180_000;
const JOBS = [
  ['dataload', dataload],
  ['prepare', prepare],
] as const;

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
  await runDay(server.remote);
  await server.stop();
  renameSync(partial, join(jarsDir, 'classes.jsa'));
} finally {
  rmSync(partial, { force: true });
  rmSync(folder, { recursive: true });
}

/** Lines for the table and one for quarantine: every plan of the jobs is run. */
async function runDay(remote: string): Promise<void> {
  const input = join(folder, 'input');
  mkdirSync(input);
  const lines = Array.from({ length: 9 }, (_, n) => `{"url":"${n}","ingredients":"beef","cookTime":"PT10M","new":1}`);
  writeFileSync(join(input, 'events.json'), [...lines, 'broken', ''].join('\n'));
  const config = loadConfig('local', 'configs', {
    SPARK_REMOTE: remote,
    RECIPE_ETL_LAKE: join(folder, 'lake'),
    RECIPE_ETL_OUTPUT: join(folder, 'output'),
  });
  const log = openLog({ ...config.logging, level: 'error' });
  const { signal } = new AbortController();
  const args = parseArguments(['--date', '2019-11-29'], {});
  for (const [job, work] of JOBS) {
    await using spark = await SparkSession.connect(connectOptions({ config, job, signal, progress: () => undefined }));
    const { exitCode } = await executeJob(job, (run) => work(run, spark), {
      args,
      config,
      log,
      signal,
      input: openStore(input, config.lake),
    });
    if (exitCode !== 0) throw new Error(`${job} of the small day ended with exit code ${exitCode}`);
  }
}
