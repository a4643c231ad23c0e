/** A transport whose calls may take less time than the client gives them: what would last minutes lasts moments. */
import type { Transport } from '../src/protocol/transport.ts';

/** May change: what counts is what it is when a call begins. */
export interface Deadlines {
  unaryMs: number;
  streamMs: number;
}

export function withShortDeadlines(transport: Transport, deadlines: Readonly<Deadlines>): Transport {
  return {
    unary: (name, request, options) =>
      transport.unary(name, request, { ...options, deadlineMs: Math.min(options.deadlineMs, deadlines.unaryMs) }),
    upload: (name, parts, options) =>
      transport.upload(name, parts, { ...options, deadlineMs: Math.min(options.deadlineMs, deadlines.unaryMs) }),
    stream: (name, request, options) =>
      transport.stream(name, request, { ...options, deadlineMs: Math.min(options.deadlineMs, deadlines.streamMs) }),
    isConnected: () => transport.isConnected(),
    close: () => transport.close(),
  };
}
