/** A gRPC server that answers Spark Connect's calls as a script says, and remembers what it was asked. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethod,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import * as grpc from '@grpc/grpc-js';
import {
  streamRpcs,
  type Request,
  type StreamName,
  unaryRpcs,
  type UnaryName,
  uploadRpcs,
} from '../src/protocol/rpc.ts';
import { ExecutePlanResponseSchema } from '../src/gen/spark/connect/base_pb.js';
import { failureTrailer, type ScriptedFailure } from './scripted-failure.ts';
import { receiveUpload, type UploadAnswer } from './scripted-upload.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

type AnswerOf<N extends UnaryName> = MessageInitShape<(typeof unaryRpcs)[N]['method']['output']>;

/** What one call is answered with; `hang` never answers. */
export type UnaryAnswer<N extends UnaryName> =
  { readonly answer: AnswerOf<N> } | { readonly fail: ScriptedFailure } | { readonly hang: true };

/** What happens on one stream, in order; at the end of the list the stream ends with status OK. */
export type StreamStep =
  /** Ids are filled in. */
  | { readonly send: MessageInitShape<typeof ExecutePlanResponseSchema> }
  | { readonly waitMs: number }
  | { readonly fail: ScriptedFailure }
  /** Breaks the connection, after what was sent before has arrived. */
  | { readonly cut: true }
  | { readonly hang: true };

/** The n-th call gets the n-th answer; after the last, it is repeated. What is not scripted is answered well. */
export type Script = { readonly [N in UnaryName]?: readonly UnaryAnswer<N>[] } & {
  readonly [N in StreamName]?: readonly (readonly StreamStep[])[];
} & {
  readonly addArtifacts?: readonly UploadAnswer[];
  /** What the server says it is; `4.2.0`. */
  readonly version?: string;
};

export interface ScriptedServer extends AsyncDisposable {
  readonly remote: string;
  readonly proxy: TcpProxy;
  /** The names of the calls, in order of arrival. */
  calls(): string[];
  requests<N extends UnaryName | StreamName>(name: N): Request<N>[];
  /** The parts of each upload, in order. */
  uploads(): readonly (readonly Request<'addArtifacts'>[])[];
  /** From now on the server answers as another life of itself. */
  restart(): void;
  close(): Promise<void>;
}

const SENDING_MS = 30;
const COMPLETE: readonly StreamStep[] = [{ send: { responseType: { case: 'resultComplete', value: {} } } }];

export async function startScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const scripted = new Scripted(script);
  const server = new grpc.Server();
  server.addService(scripted.definition(), scripted.implementation());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const proxy = await startTcpProxy(port);
  scripted.cut = () => proxy.cut();
  const close = async (): Promise<void> => {
    server.forceShutdown();
    await proxy.close();
  };
  return {
    remote: proxy.remote,
    proxy,
    calls: () => scripted.received.map(({ name }) => name),
    requests: <N extends UnaryName | StreamName>(name: N) =>
      scripted.received.flatMap((call) => (call.name === name ? [call.request as Request<N>] : [])),
    uploads: () => scripted.uploads,
    restart: () => {
      scripted.serverSideSessionId = randomUUID();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

class Scripted {
  readonly received: { name: string; request: unknown }[] = [];
  readonly uploads: Request<'addArtifacts'>[][] = [];
  serverSideSessionId: string = randomUUID();
  cut = (): void => undefined;
  readonly #script: Script;
  #responses = 0;

  constructor(script: Script) {
    this.#script = script;
  }

  definition(): grpc.ServiceDefinition {
    const entries = Object.entries({ ...unaryRpcs, ...streamRpcs, ...uploadRpcs }).map(([name, { method }]) => [
      name,
      {
        path: pathOf(method),
        requestStream: method.methodKind === 'client_streaming',
        responseStream: method.methodKind === 'server_streaming',
        requestSerialize: serializer(method.input),
        requestDeserialize: deserializer(method.input),
        responseSerialize: serializer(method.output),
        responseDeserialize: deserializer(method.output),
      },
    ]);
    return Object.fromEntries(entries) as grpc.ServiceDefinition;
  }

  implementation(): grpc.UntypedServiceImplementation {
    const handlers: Record<string, grpc.UntypedHandleCall> = {};
    for (const name of Object.keys(unaryRpcs) as UnaryName[]) {
      handlers[name] = (
        call: grpc.ServerUnaryCall<Request<UnaryName>, unknown>,
        answer: grpc.sendUnaryData<unknown>,
      ) => {
        this.#answer(name, call.request, answer);
      };
    }
    for (const name of Object.keys(streamRpcs) as StreamName[]) {
      handlers[name] = (call: grpc.ServerWritableStream<Request<StreamName>, unknown>) => {
        void this.#play(name, call);
      };
    }
    handlers['addArtifacts'] = (
      call: grpc.ServerReadableStream<Request<'addArtifacts'>, unknown>,
      answer: grpc.sendUnaryData<unknown>,
    ) => {
      const parts: Request<'addArtifacts'>[] = [];
      this.uploads.push(parts);
      this.received.push({ name: 'addArtifacts', request: parts });
      const scripted = this.#nth('addArtifacts', this.#script.addArtifacts);
      receiveUpload({ call, answer, parts, scripted, marks: (first) => this.#marks(first), cut: () => this.cut() });
    };
    return handlers;
  }

  #answer(name: UnaryName, request: Request<UnaryName>, answer: grpc.sendUnaryData<unknown>): void {
    this.received.push({ name, request });
    const answers: readonly UnaryAnswer<UnaryName>[] | undefined = this.#script[name];
    const scripted = this.#nth(name, answers) ?? { answer: this.#usual(name, request) };
    if ('hang' in scripted) return;
    if ('fail' in scripted) answer(failureTrailer(scripted.fail));
    else answer(null, create(unaryRpcs[name].method.output, { ...this.#marks(request), ...scripted.answer }));
  }

  async #play(name: StreamName, call: grpc.ServerWritableStream<Request<StreamName>, unknown>): Promise<void> {
    const { request } = call;
    this.received.push({ name, request });
    for (const step of this.#nth(name, this.#script[name]) ?? COMPLETE) {
      if ('waitMs' in step) await sleep(step.waitMs);
      if ('hang' in step) return;
      if ('cut' in step) {
        // What was sent before must arrive.
        await sleep(SENDING_MS);
        this.cut();
      }
      if ('fail' in step) {
        call.emit('error', failureTrailer(step.fail));
        return;
      }
      if ('send' in step) {
        const responseId = `response-${++this.#responses}`;
        const ids = { ...this.#marks(request), operationId: request.operationId ?? '', responseId };
        call.write(create(ExecutePlanResponseSchema, { ...ids, ...step.send }));
      }
    }
    call.end();
  }

  #nth<T>(name: string, answers: readonly T[] | undefined): T | undefined {
    const calls = this.received.filter((call) => call.name === name).length;
    return answers?.[Math.min(calls, answers.length) - 1];
  }

  #marks({ sessionId }: { sessionId: string }): { sessionId: string; serverSideSessionId: string } {
    return { sessionId, serverSideSessionId: this.serverSideSessionId };
  }

  #usual(name: UnaryName, request: Request<UnaryName>): object {
    const isVersion = name === 'analyzePlan' && (request as Request<'analyzePlan'>).analyze.case === 'sparkVersion';
    return isVersion ? { result: { case: 'sparkVersion', value: { version: this.#script.version ?? '4.2.0' } } } : {};
  }
}

function pathOf({ parent, name }: DescMethod): string {
  return `/${parent.typeName}/${name}`;
}

function serializer<D extends DescMessage>(schema: D): (message: MessageShape<D>) => Buffer {
  return (message) => Buffer.from(toBinary(schema, message));
}

function deserializer<D extends DescMessage>(schema: D): (bytes: Buffer) => MessageShape<D> {
  return (bytes) => fromBinary(schema, bytes);
}
