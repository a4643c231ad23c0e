/** Runs a client in a process of its own while its link is cut, frozen, delayed and thawed at random. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type EndedClient, startClientProcess } from './client-process.ts';
import { randomOf } from './random.ts';
import type { TcpProxy } from './tcp-proxy.ts';

export interface ChaosReport {
  /** Queries whose result was what it must be. */
  exact: number;
  /** Queries that failed, by the code of their SparkError. */
  readonly failed: Record<string, number>;
  /** What must never happen. */
  readonly wrong: string[];
}

export interface Chaos extends EndedClient {
  readonly report: ChaosReport;
}

export interface ChaosOptions {
  readonly seed: number;
  readonly durationMs: number;
}

export async function underChaos(proxy: TcpProxy, { seed, durationMs }: ChaosOptions): Promise<Chaos> {
  const client = startClientProcess('chaos-client.ts', proxy.remote);
  await client.begun;
  await disturb(proxy, randomOf(seed).next, performance.now() + durationMs);
  return (await client.end()) as Chaos;
}

async function disturb(proxy: TcpProxy, random: () => number, endMs: number): Promise<void> {
  const disturbances: readonly (() => void)[] = [
    () => proxy.cut(),
    () => proxy.freeze('standing'),
    () => proxy.freeze(),
    () => proxy.impair({ down: { isFrozen: true } }),
    () => proxy.impair({ up: { isFrozen: true } }, 'standing'),
    () => proxy.impair({ up: { delayMs: 20, jitterMs: 80 }, down: { delayMs: 20, jitterMs: 80 } }),
    () => proxy.refuse(),
  ];
  while (performance.now() < endMs) {
    await sleep(50 + random() * 600);
    disturbances[Math.floor(random() * disturbances.length)]?.();
    await sleep(50 + random() * 1_200);
    proxy.accept();
    proxy.thaw();
  }
}
