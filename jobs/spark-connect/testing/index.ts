/** For tests only: servers that fail on demand, and sessions without a server. */
export { idBatch, idBatchInChunks } from './arrow-batch.ts';
export { type CertificateFiles, type Certificates, makeCertificates } from './certificates.ts';
export { golden, isGoldenBytes } from './golden.ts';
export { configMessage, executePlanMessage, releaseSessionMessage } from './grpc-message.ts';
export { planSession } from './plan-session.ts';
export type { ScriptedFailure } from './scripted-failure.ts';
export {
  type Script,
  type ScriptedServer,
  startScriptedServer,
  type StreamStep,
  type UnaryAnswer,
} from './scripted-server.ts';
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
export { startTlsProxy, type TlsProxy, type TlsProxyOptions } from './tls-proxy.ts';
