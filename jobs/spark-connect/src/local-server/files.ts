/** What a local Spark Connect server is started with: its command line and the texts of its configuration files. */
import { join } from 'node:path';

/** Spark reaches into the JDK; without these Java 17 refuses. */
const OPENED_PACKAGES = [
  'java.base/java.lang',
  'java.base/java.lang.invoke',
  'java.base/java.lang.reflect',
  'java.base/java.io',
  'java.base/java.net',
  'java.base/java.nio',
  'java.base/java.util',
  'java.base/java.util.concurrent',
  'java.base/java.util.concurrent.atomic',
  'java.base/jdk.internal.ref',
  'java.base/sun.nio.ch',
  'java.base/sun.nio.cs',
  'java.base/sun.security.action',
  'java.base/sun.util.calendar',
  'java.security.jgss/sun.security.krb5',
];

/**
 * The optimizing compiler's thresholds, ten times as high: a short day is over before what it compiles would pay, and a long
 * one reaches them soon.
 */
const LATE_OPTIMIZING = [
  '-XX:Tier4InvocationThreshold=50000',
  '-XX:Tier4MinInvocationThreshold=6000',
  '-XX:Tier4CompileThreshold=150000',
  '-XX:Tier4BackEdgeThreshold=400000',
];

/** A conf of the server that says which start it belongs to: proves that the port is not someone else's. */
export const SERVER_ID_CONF = 'spark.connect.localServer.id';

/** Beside the jars: their classes as the JVM lays them out in memory. */
export const CLASS_ARCHIVE = 'classes.jsa';

export interface LocalServerParts {
  readonly jarsDir: string;
  /** Whether the jars have a {@link CLASS_ARCHIVE}. */
  readonly hasClassArchive: boolean;
  /** Its own, removed when it ends. */
  readonly folder: string;
  /** Such as `2g`. */
  readonly heap: string;
  readonly javaPath: string;
  /** Further options of the JVM. */
  readonly javaOptions: readonly string[];
  readonly cores: number;
  readonly port: number;
  readonly serverId: string;
  /** Wins over the defaults. */
  readonly conf: Readonly<Record<string, string>>;
}

export function commandLine(parts: LocalServerParts): string[] {
  const { jarsDir, folder, heap, javaPath, javaOptions } = parts;
  return [
    javaPath,
    ...OPENED_PACKAGES.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    '-XX:+IgnoreUnrecognizedVMOptions',
    '-Djdk.reflect.useDirectMethodHandle=false',
    '-Dio.netty.tryReflectionSetAccessible=true',
    `-Djava.io.tmpdir=${folder}/tmp`,
    `-Dlog4j2.configurationFile=${folder}/conf/log4j2.properties`,
    `-Xmx${heap}`,
    '-XX:+UseParallelGC',
    ...LATE_OPTIMIZING,
    ...(parts.hasClassArchive ? [`-XX:SharedArchiveFile=${join(jarsDir, CLASS_ARCHIVE)}`] : []),
    ...javaOptions,
    // Jars only: the JVM refuses an archive where the class path has a folder with files.
    '-cp',
    `${jarsDir}/*`,
    'org.apache.spark.deploy.SparkSubmit',
    '--class',
    'org.apache.spark.sql.connect.service.SparkConnectServer',
    'spark-internal',
  ];
}

/** The text of spark-defaults.conf. */
export function sparkDefaults({ folder, cores, port, serverId, conf }: LocalServerParts): string {
  const all = {
    'spark.master': `local[${cores}]`,
    'spark.app.name': 'spark-connect-local',
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': String(port),
    'spark.ui.enabled': 'false',
    'spark.sql.session.timeZone': 'UTC',
    // Spark's default of 200 is made for clusters: each task of an almost empty shuffle costs milliseconds.
    'spark.sql.shuffle.partitions': String(cores),
    // A large plan has sixty pieces of code, and the default keeps a hundred, for all sessions that share them.
    'spark.sql.codegen.cache.maxEntries': '1000',
    'spark.local.dir': `${folder}/local`,
    'spark.sql.warehouse.dir': `${folder}/warehouse`,
    ...conf,
    [SERVER_ID_CONF]: serverId,
  };
  const lines = Object.entries(all).map(([key, value]) => `${escaped(key)}=${escaped(value)}\n`);
  return lines.join('');
}

/** The text of log4j2.properties: warnings, to the one stream that goes into the log file. */
export const LOG_PROPERTIES = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss.SSS} %p %c{1}: %m%n%ex
`;

/** A key or value of a Java properties file. */
function escaped(text: string): string {
  return text
    .replace(/[\\=:#! ]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Becomes the server, and leaves a watcher behind that ends it when the parent dies: the watcher reads from a pipe whose
 * other end only the parent holds. A line on it means that the server is gone already. $1 is the server's folder, which the
 * watcher removes; the rest is the command.
 */
export const WATCHED_START = `folder=$1; shift
exec 3<&0 </dev/null
(
  if read -r _ <&3; then exit 0; fi
  kill -TERM $$ 2>/dev/null
  tries=0
  while kill -0 $$ 2>/dev/null && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
  kill -KILL $$ 2>/dev/null
  rm -rf -- "$folder"
) >/dev/null 2>&1 &
exec "$@" 3<&-`;
