import { readFileSync } from 'node:fs';
import { LOG_FILE } from './test-servers.mjs';

/** jest's globalTeardown. */
export default async function stop() {
  const started = await Promise.allSettled(globalThis.testServers ?? []);
  await Promise.all(started.map(({ value }) => value?.stop()));
  // A class that the lean class path lacks breaks the server in places that no client sees, such as the end of a session.
  const missing = /NoClassDefFoundError.*|ClassNotFoundException.*/.exec(readFileSync(LOG_FILE, 'utf8'));
  if (missing !== null) throw new Error(`docker/spark-connect/pom.xml lacks a jar: ${missing[0]} (${LOG_FILE})`);
}
