/** The one conditional request that makes a staged object the object of a day, and what has to go before it. */
import type { KnownObject, S3Bucket } from './bucket.ts';
import { changedAfterAudit, uploadCopy } from './copy.ts';
import { isMissing, statusOf } from './errors.ts';
import { abortUpload, completeUpload, type FilledUpload } from './multipart.ts';
import { answered, conditionInput, headObject, metadataOf, putIf, sha256Of } from './objects.ts';
import type { Answer, Condition, Publishable, PublishNote } from '../store.ts';

/** After these the store has not acted and will not act any more. */
const SURE: ReadonlySet<Answer> = new Set(['refused', 'missing', 'conflict']);

/**
 * A multipart upload of server-side copies, completed conditionally and once; content at hand goes by one conditional PUT.
 *
 * @throws LakeError unexpected where the staged object is no longer what was audited
 */
export async function publishObject(
  bucket: S3Bucket,
  staged: Publishable,
  key: string,
  condition: Condition,
  note: PublishNote,
  partBytes: number,
): Promise<Answer> {
  if (staged.content !== undefined) {
    if (sha256Of(staged.content) !== note.sha256) throw changedAfterAudit(bucket, staged.key);
    return putIf(bucket, key, staged.content, condition, note);
  }
  const audited = bucket.known.get(staged.key) ?? (await headObject(bucket, staged.key));
  if (audited === undefined) return 'missing';
  if (audited.sha256 !== note.sha256) throw changedAfterAudit(bucket, staged.key);
  // An upload has no part without bytes.
  if (audited.sizeBytes === 0) return putIf(bucket, key, new Uint8Array(), condition, note);
  return publishCopy(bucket, { key: staged.key, ...audited }, key, condition, note, partBytes);
}

async function publishCopy(
  bucket: S3Bucket,
  source: KnownObject & { readonly key: string },
  key: string,
  condition: Condition,
  note: PublishNote,
  partBytes: number,
): Promise<Answer> {
  let upload: FilledUpload;
  try {
    upload = await uploadCopy(bucket, source, key, metadataOf(note), partBytes);
  } catch (error) {
    if (isMissing(error)) return 'missing';
    if (statusOf(error) === 412) throw changedAfterAudit(bucket, source.key);
    return bucket.cannot('publish', key)(error);
  }
  const completed = completeUpload(bucket, key, upload, conditionInput(condition));
  const answer = await answered(completed, bucket.cannot('publish', key));
  if (SURE.has(answer)) await abortUpload(bucket, key, upload.uploadId);
  return answer;
}
