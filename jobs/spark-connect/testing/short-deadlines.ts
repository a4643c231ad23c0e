/** A transport whose calls may take less time than the client gives them: what would last minutes lasts moments. */
import type { Transport } from '../src/protocol/transport.ts';

export interface Patience {
  readonly unaryMs: number;
  readonly streamMs: number;
}

export function impatient(transport: Transport, { unaryMs, streamMs }: Patience): Transport {
  return {
    unary: (name, request, options) =>
      transport.unary(name, request, { ...options, deadlineMs: Math.min(options.deadlineMs, unaryMs) }),
    stream: (name, request, options) =>
      transport.stream(name, request, { ...options, deadlineMs: Math.min(options.deadlineMs, streamMs) }),
    isConnected: () => transport.isConnected(),
    close: () => transport.close(),
  };
}
