/** What a session brings to its server: files of this machine, or bytes, by what they are for. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SparkError } from '../errors.ts';
import type { Artifact } from '../protocol/artifact-parts.ts';

/** A jar is for the server's own classes, an archive is unpacked, a file is left as it is; pyfiles are for Python's workers. */
export type ArtifactKind = 'jar' | 'file' | 'archive' | 'pyfile';

/** A path or `file:` URL of this machine, or bytes under a name. */
export type ArtifactSource = string | URL | { readonly name: string; readonly content: Uint8Array };

export interface AddArtifactOptions {
  /** `jar` unless said. */
  readonly kind?: ArtifactKind;
  readonly signal?: AbortSignal;
}

const KINDS: Readonly<Record<ArtifactKind, { readonly folder: string; readonly endings: readonly string[] }>> = {
  jar: { folder: 'jars', endings: ['.jar'] },
  file: { folder: 'files', endings: [''] },
  archive: { folder: 'archives', endings: ['.zip', '.jar', '.tar.gz', '.tgz', '.tar'] },
  pyfile: { folder: 'pyfiles', endings: ['.py', '.zip', '.egg', '.jar'] },
};

/** @throws SparkError `usage` for a kind that is none, a name that does not fit it, and what is no file of this machine */
export async function artifactOf(source: ArtifactSource, kind: ArtifactKind = 'jar'): Promise<Artifact> {
  if (!Object.hasOwn(KINDS, kind))
    throw new SparkError('usage', `"${kind}" is no kind of artifact: ${Object.keys(KINDS).join(', ')}.`);
  const { folder, endings } = KINDS[kind];
  // As Spark has it: `data.zip#words` is unpacked as `words`.
  const [path = '', unpackedAs] = kind === 'archive' && typeof source === 'string' ? source.split('#') : [];
  const file = contentOf(path === '' ? source : path);
  const { name } = file;
  if (name === '' || /[\\/]|^\.\.?$/.test(name) || !endings.some((ending) => name.endsWith(ending)))
    throw new SparkError('usage', `${name} is no name of a ${kind}: it ends in ${endings.join(', ') || 'any way'}.`);
  return { ...(await file.artifact()), name: `${folder}/${name}${unpackedAs === undefined ? '' : `#${unpackedAs}`}` };
}

/** A file that the server puts where its own paths lead. @throws SparkError `usage` unless the path is absolute, without a scheme */
export async function forwardedArtifact(local: string | URL, target: string): Promise<Artifact> {
  if (!target.startsWith('/')) throw new SparkError('usage', `${target} must be an absolute path of the server.`);
  return { ...(await contentOf(local).artifact()), name: `forward_to_fs${target}` };
}

interface Content {
  readonly name: string;
  readonly artifact: () => Promise<Omit<Artifact, 'name'>>;
}

function contentOf(source: ArtifactSource): Content {
  if (typeof source === 'object' && 'content' in source) {
    const { name, content } = source;
    // A copy: what is sent twice must be the same twice.
    const bytes = new Uint8Array(content);
    return { name, artifact: async () => ({ sizeBytes: bytes.length, read: () => [bytes] }) };
  }
  const path = pathOf(source);
  return { name: basename(path), artifact: async () => await fileArtifact(path) };
}

async function fileArtifact(path: string): Promise<Omit<Artifact, 'name'>> {
  const status = await stat(path).catch((cause: unknown) => {
    throw new SparkError('usage', `${path} cannot be read, so it cannot be sent to the server.`, { cause });
  });
  if (!status.isFile()) throw new SparkError('usage', `${path} is no file: only files can be sent to the server.`);
  return { sizeBytes: status.size, read: () => createReadStream(path) };
}

function pathOf(source: string | URL): string {
  const text = String(source);
  // A single letter is a drive of Windows.
  const scheme = /^([a-z][\w+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return text;
  if (scheme === 'file') return fileURLToPath(text);
  throw new SparkError('usage', `${text} is no file of this machine: ${scheme}: cannot be sent to the server.`);
}
