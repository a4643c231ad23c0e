/** What a clean-up may remove, as one list of items. */
import type { Removable } from './retention.ts';
import type { Upload } from '../stores/store.ts';

export interface Leftover {
  readonly kind: 'staging' | 'upload' | 'lock' | 'run manifest' | 'quarantine';
  /** Everything at and below it is removed. */
  readonly key: string;
  readonly objects: number;
  readonly sizeBytes: number;
  /** When it was last written, or begun. */
  readonly at: Date;
  readonly upload?: Upload;
}

export function leftoversOf(removable: Removable): Leftover[] {
  return [
    ...removable.staging.map(({ modifiedAt: at, ...prefix }) => ({ kind: 'staging' as const, ...prefix, at })),
    ...removable.uploads.map((upload) => {
      return { kind: 'upload' as const, key: upload.key, objects: 1, sizeBytes: 0, at: upload.startedAt, upload };
    }),
    ...removable.manifests.map((object) => single('run manifest', object)),
    ...removable.quarantine.map((object) => single('quarantine', object)),
  ];
}

export function single(
  kind: Leftover['kind'],
  { key, sizeBytes, modifiedAt: at }: { key: string; sizeBytes: number; modifiedAt: Date },
): Leftover {
  return { kind, key, objects: 1, sizeBytes, at };
}

/** The planned items that a second look still finds removable. */
export function stillRemovable(planned: readonly Leftover[], now: readonly Leftover[]): Leftover[] {
  const nameOf = ({ kind, key, at, upload }: Leftover): string => JSON.stringify([kind, key, at, upload?.uploadId]);
  const names = new Set(now.map(nameOf));
  return planned.filter((leftover) => names.has(nameOf(leftover)));
}
