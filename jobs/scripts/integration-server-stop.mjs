/** jest's globalTeardown. */
export default async function stop() {
  await globalThis.integrationServer?.stop();
}
