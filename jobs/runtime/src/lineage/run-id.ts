/** The id of a run as OpenLineage wants it, and the run that started it. */
import { createHash } from 'node:crypto';

/** The namespace of URLs, by RFC 9562, 6.6. */
export const URLS = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** Two jobs, or two days, may have runs of the same id: a scheduler's run has one id for all its tasks. */
export interface NamedRun {
  readonly namespace: string;
  readonly job: string;
  readonly logicalDate: string;
  readonly runId: string;
}

/**
 * Always the same UUID for the same run: version 5 (SHA-1) of the URI `recipe-etl:<namespace>/<job>/<date>/<run id>`, whose
 * four parts are percent-encoded, in the namespace of URLs.
 */
export function lineageRunId({ namespace, job, logicalDate, runId }: NamedRun): string {
  return uuidOfName(URLS, `recipe-etl:${[namespace, job, logicalDate, runId].map(encodeURIComponent).join('/')}`);
}

/** UUID version 5, by RFC 9562, 5.5: the first 16 bytes of SHA-1 over namespace and name, with version and variant put in. */
export function uuidOfName(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export interface ParentRun {
  readonly namespace: string;
  readonly job: string;
  readonly runId: string;
}

const PARENT = /^(.+)\/([^/]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** @param text `namespace/job/run id`; a namespace may hold slashes itself @returns undefined where it is no such text */
export function parentRun(text: string): ParentRun | undefined {
  const [, namespace, job, runId] = PARENT.exec(text) ?? [];
  return namespace === undefined || job === undefined || runId === undefined ? undefined : { namespace, job, runId };
}
